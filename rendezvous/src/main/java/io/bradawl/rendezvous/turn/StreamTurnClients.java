package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.turn.Allocation;
import io.bradawl.protocol.turn.ChannelData;
import io.bradawl.protocol.turn.TurnOutput;
import io.bradawl.rendezvous.net.Batch;
import io.bradawl.rendezvous.telemetry.Measure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;

/** The clients that come over TCP or TLS. */
final class StreamTurnClients extends TurnClients<Channel> {

  private final RelayServer server;
  private final PeerStreams peers;

  StreamTurnClients(RelayServer server, Batch batch) {
    super(server, batch);
    this.server = server;
    this.peers = new PeerStreams(server, batch, this::tell);
  }

  @Override
  String transport(Channel client) {
    return client.pipeline().get(SslHandler.class) == null ? "tcp" : "tls";
  }

  @Override
  void arrived(TcpRelay relay, Channel channel) {
    peers.arrived(relay, channel);
  }

  @Override
  void write(Channel client, ByteBuf message) {
    write(client, message, client.isWritable());
  }

  @Override
  void write(Channel client, int channel, ByteBuf payload) {
    int length = payload.readableBytes();
    if (!client.isWritable()) {
      write(client, payload, false);
      return;
    }
    ByteBuf frame = client.alloc().directBuffer(ChannelData.lengthOnStream(length));
    frame.writeInt(ChannelData.header(channel, length)).writeBytes(payload);
    payload.release();
    write(client, frame.writeZero(-length & 3), true);
  }

  /** A client that does not read loses datagrams, as on any congested path. */
  private void write(Channel client, ByteBuf frame, boolean fits) {
    TurnStreamHandler handler = client.pipeline().get(TurnStreamHandler.class);
    if (!fits || handler == null) {
      server.telemetry().count(Measure.RELAY_CONGESTED);
      frame.release();
    } else {
      handler.write(frame);
    }
  }

  /** The handshake has shown that the source is real. */
  @Override
  boolean mayAnswerUnproven(TransportAddress source) {
    return true;
  }

  @Override
  void serve(Allocation<Channel> allocation, ServerRelay relay, Usage usage) {
    client(allocation).allowLong();
    if (relay instanceof TcpRelay tcp) {
      tcp.serve(allocation, usage);
    } else {
      super.serve(allocation, relay, usage);
    }
  }

  private static TurnStreamDecoder client(Allocation<Channel> allocation) {
    return allocation.client().pipeline().get(TurnStreamDecoder.class);
  }

  @Override
  public void connect(TurnOutput.Connect<Channel> connect) {
    peers.connect(connect);
  }

  /** What the client sends behind its request goes to the peer, too: the decoder hands it on. */
  @Override
  public void bind(TurnOutput.Bind<Channel> bind) {
    Channel client = bind.request().client();
    if (!client.isActive()) {
      peers.drop(bind.socket());
      return;
    }
    respond(new TurnOutput.Respond<>(bind.request(), bind.response()));
    client.flush();
    PeerStream peer = (PeerStream) bind.socket();
    peers.join(client, peer);
    client.pipeline().remove(TurnStreamHandler.class);
    client.pipeline().remove(TurnStreamDecoder.class);
    peer.channel().config().setAutoRead(true);
  }

  @Override
  public void drop(TurnOutput.Drop<Channel> drop) {
    peers.drop(drop.socket());
  }
}
