package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.stun.AttributeType;
import io.bradawl.protocol.stun.Data;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.XorPeerAddress;
import io.bradawl.protocol.turn.Allocation;
import io.bradawl.protocol.turn.BoundChannel;
import io.bradawl.rendezvous.net.Batch;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way of the datagrams of one listener's clients, past the machine (RFC 8656 sections 11 and
 * 12). All methods become the owners of the buffers that they get.
 *
 * @param <C> the client
 */
final class DataPath<C> {

  /** DONT-FRAGMENT is not among them: what cannot be honoured is not sent (section 11.2). */
  private static final Set<Integer> OF_SEND =
      Set.of(AttributeType.XOR_PEER_ADDRESS, AttributeType.DATA);

  private final TurnClients<C> clients;
  private final Telemetry telemetry;
  private final Traffic traffic;

  DataPath(TurnClients<C> clients, Telemetry telemetry, Batch batch) {
    this.clients = clients;
    this.telemetry = telemetry;
    this.traffic = new Traffic(telemetry.measures(), batch);
  }

  /** What a client sends over a channel. */
  void overChannel(C client, int number, ByteBuf payload) {
    long now = System.nanoTime();
    Allocation<C> allocation = clients.allocation(client);
    BoundChannel channel = allocation == null ? null : allocation.open(number, now);
    if (allocation == null || channel == null) {
      drop(Measure.RELAY_NO_PERMISSION, payload);
    } else {
      toPeer(allocation, channel.peer(), payload, now);
    }
  }

  /** What a client sends in an indication. Other indications mean nothing here. */
  void indicated(C client, StunMessage message) {
    long now = System.nanoTime();
    Allocation<C> allocation = clients.allocation(client);
    InetSocketAddress peer =
        message.is(StunClass.INDICATION, StunMethod.SEND) ? peer(message) : null;
    Data data = message.first(Data.class);
    if (allocation == null || peer == null || data == null) {
      return;
    }
    if (allocation.permits(peer.getAddress(), now)) {
      toPeer(allocation, peer, Unpooled.wrappedBuffer(data.octets().asByteBuffer()), now);
    } else {
      telemetry.count(Measure.RELAY_NO_PERMISSION);
    }
  }

  private static @Nullable InetSocketAddress peer(StunMessage send) {
    XorPeerAddress peer = send.first(XorPeerAddress.class);
    return peer == null || peer.address().port() == 0 || !send.notUnderstood(OF_SEND).isEmpty()
        ? null
        : new InetSocketAddress(peer.address().ip(), peer.address().port());
  }

  /** What a peer sends to the relayed address of a client. */
  void fromPeer(Allocation<C> allocation, Usage usage, InetSocketAddress peer, ByteBuf payload) {
    long now = System.nanoTime();
    BoundChannel channel = allocation.open(peer, now);
    if (channel == null && !allocation.permits(peer.getAddress(), now)) {
      drop(Measure.RELAY_NO_PERMISSION, payload);
      return;
    }
    int octets = payload.readableBytes();
    if (!usage.passToClient(octets, now)) {
      drop(Measure.RELAY_BANDWIDTH, payload);
      return;
    }
    traffic.toClient(octets);
    if (channel != null) {
      clients.write(allocation.client(), channel.number(), payload);
    } else {
      clients.write(allocation.client(), DataIndication.of(peer, payload));
    }
  }

  private void toPeer(Allocation<C> allocation, InetSocketAddress peer, ByteBuf payload, long now) {
    int octets = payload.readableBytes();
    if (!(allocation.relay(peer.getAddress() instanceof Inet6Address) instanceof UdpRelay relay)) {
      drop(Measure.RELAY_NO_PERMISSION, payload);
    } else if (relay.usage().passToPeer(octets, now)) {
      traffic.toPeer(octets);
      relay.toPeer(peer, payload);
    } else {
      drop(Measure.RELAY_BANDWIDTH, payload);
    }
  }

  private void drop(Measure why, ByteBuf payload) {
    telemetry.count(why);
    payload.release();
  }
}
