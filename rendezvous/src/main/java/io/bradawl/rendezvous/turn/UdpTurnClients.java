package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.turn.ChannelData;
import io.bradawl.protocol.turn.TurnOutput;
import io.bradawl.rendezvous.net.Batch;
import io.bradawl.rendezvous.net.Outlet;
import io.bradawl.rendezvous.net.RateLimits;
import io.bradawl.rendezvous.net.Source;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/** The clients of one UDP listener. */
final class UdpTurnClients extends TurnClients<InetSocketAddress> {

  /**
   * Refusals to one source. They are longer than the shortest request, and a source can be forged:
   * so nobody gets many of them.
   */
  private static final int REFUSALS_PER_SECOND = 20;

  private final Outlet outlet;
  private final RateLimits<Source> refusals = new RateLimits<>(REFUSALS_PER_SECOND);

  UdpTurnClients(RelayServer server, Batch batch, Channel listener) {
    super(server, batch);
    this.outlet = new Outlet(listener, batch, server.segmentation(), server::congested);
  }

  @Override
  String transport(InetSocketAddress client) {
    return "udp";
  }

  @Override
  void write(InetSocketAddress client, ByteBuf message) {
    outlet.send(message, client);
  }

  @Override
  void write(InetSocketAddress client, int channel, ByteBuf payload) {
    outlet.send(ChannelData.header(channel, payload.readableBytes()), payload, client);
  }

  @Override
  boolean mayAnswerUnproven(TransportAddress source) {
    return refusals.take(Source.of(source.ip()), System.nanoTime());
  }

  @Override
  void arrived(TcpRelay relay, Channel channel) {
    throw needsStream();
  }

  @Override
  public void connect(TurnOutput.Connect<InetSocketAddress> connect) {
    throw needsStream();
  }

  @Override
  public void bind(TurnOutput.Bind<InetSocketAddress> bind) {
    throw needsStream();
  }

  @Override
  public void drop(TurnOutput.Drop<InetSocketAddress> drop) {
    throw needsStream();
  }

  /** The machine gives TCP relays to clients on streams only (RFC 6062 section 5.1). */
  private static IllegalStateException needsStream() {
    return new IllegalStateException("a client on UDP has no TCP relay");
  }
}
