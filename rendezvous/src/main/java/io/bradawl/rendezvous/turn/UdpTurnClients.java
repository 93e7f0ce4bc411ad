package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.turn.ChannelData;
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
    super(server, batch, "udp");
    this.outlet = new Outlet(listener, batch, server.segmentation(), server.telemetry());
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
}
