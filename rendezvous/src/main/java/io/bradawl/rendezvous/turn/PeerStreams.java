package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.turn.PeerSocket;
import io.bradawl.protocol.turn.TurnInput;
import io.bradawl.protocol.turn.TurnOutput;
import io.bradawl.rendezvous.net.Batch;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Measures;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.function.Consumer;

/** The connections between TCP relays and peers, and how they are joined to those of clients. */
final class PeerStreams {

  private static final int CONNECT_MILLIS = 10_000;

  private final RelayServer server;
  private final Batch batch;
  private final Consumer<TurnInput<Channel>> machine;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param machine is told what happens
   */
  PeerStreams(RelayServer server, Batch batch, Consumer<TurnInput<Channel>> machine) {
    this.server = server;
    this.batch = batch;
    this.machine = machine;
  }

  /** A peer has connected to a relay. */
  void arrived(TcpRelay relay, Channel channel) {
    TcpRelay.Owner owner = relay.owner();
    InetSocketAddress peer = server.directory().asTold((InetSocketAddress) channel.remoteAddress());
    if (owner == null || peer == null) {
      channel.close();
      return;
    }
    PeerStream stream = watched(channel, owner.usage());
    var address = new TransportAddress(peer.getAddress(), peer.getPort());
    machine.accept(new TurnInput.Arrived<>(owner.allocation(), address, stream));
  }

  void connect(TurnOutput.Connect<Channel> connect) {
    TcpRelay relay = (TcpRelay) connect.relay();
    TransportAddress peer = connect.peer();
    InetSocketAddress target =
        server.directory().target(relay, new InetSocketAddress(peer.ip(), peer.port()));
    if (target == null) {
      machine.accept(new TurnInput.NotConnected<>(connect.connecting()));
      return;
    }
    server
        .io()
        .sharing(new Bootstrap())
        .group(batch.loop())
        .channel(server.io().stream())
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(new ChannelInboundHandlerAdapter())
        .connect(target, relay.bound())
        .addListener((ChannelFuture done) -> connected(connect, done));
  }

  private void connected(TurnOutput.Connect<Channel> connect, ChannelFuture done) {
    machine.accept(
        done.isSuccess()
            ? new TurnInput.Connected<>(
                connect.connecting(), watched(done.channel(), ((TcpRelay) connect.relay()).usage()))
            : new TurnInput.NotConnected<>(connect.connecting()));
  }

  private PeerStream watched(Channel channel, Usage usage) {
    PeerStream stream = new PeerStream(channel, random.nextInt(), usage);
    channel.pipeline().addLast(new Unbound());
    channel
        .closeFuture()
        .addListener(closed -> machine.accept(new TurnInput.Closed<Channel>(stream)));
    return stream;
  }

  /**
   * From now on what comes over one goes out over the other. Nobody else asks whether both sides
   * are still there: no message of TURN's passes here any more.
   */
  void join(Channel client, PeerStream stream) {
    Channel peer = stream.channel();
    Usage usage = stream.usage();
    Measures measures = server.telemetry().measures();
    server.io().watch(client);
    server.io().watch(peer);
    client.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    client
        .pipeline()
        .addLast(
            new Pipe(
                peer,
                octets -> {
                  measures.add(Measure.RELAYED_TCP_BYTES_TO_PEER, octets);
                  return usage.chargeToPeer(octets, System.nanoTime());
                }));
    peer.pipeline()
        .addLast(
            new Pipe(
                client,
                octets -> {
                  measures.add(Measure.RELAYED_TCP_BYTES_TO_CLIENT, octets);
                  return usage.chargeToClient(octets, System.nanoTime());
                }));
  }

  void drop(PeerSocket socket) {
    ((PeerStream) socket).channel().close();
  }
}
