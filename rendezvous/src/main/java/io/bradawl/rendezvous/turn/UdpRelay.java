package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.turn.Allocation;
import io.bradawl.rendezvous.net.Inlet;
import io.bradawl.rendezvous.net.Outlet;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One relayed UDP address: the socket, and the client to whom its datagrams go. */
final class UdpRelay extends ServerRelay {

  private static final Logger LOG = LoggerFactory.getLogger(UdpRelay.class);

  private final RelayDirectory directory;
  private final Outlet outlet;
  private final Inlet inlet;
  private @Nullable Client<?> client;

  UdpRelay(Channel channel, InetSocketAddress told, RelayDirectory directory, Outlet outlet) {
    super(channel, told);
    this.directory = directory;
    this.outlet = outlet;
    this.inlet = new Inlet(channel);
  }

  /** From now on datagrams go to that client. */
  <C> void serve(DataPath<C> path, Allocation<C> allocation, Usage usage) {
    client = new Client<>(path, allocation, usage);
    directory.add(told(), this);
  }

  @Override
  Usage usage() {
    Client<?> served = client;
    if (served == null) {
      throw new IllegalStateException("relay " + told() + " serves nobody");
    }
    return served.usage();
  }

  @Override
  void close() {
    directory.remove(told(), this);
    super.close();
  }

  /** Sends the client's datagram on; becomes the owner of the buffer. */
  void toPeer(InetSocketAddress peer, ByteBuf payload) {
    if (!directory.isRelayed(peer.getAddress())) {
      outlet.send(payload, peer);
      return;
    }
    UdpRelay other = directory.at(peer);
    if (other == null) {
      payload.release();
    } else {
      other.deliver(told(), payload);
    }
  }

  /** Takes a datagram of another relay of this server, whose thread this is. */
  private void deliver(InetSocketAddress from, ByteBuf payload) {
    if (channel().eventLoop().inEventLoop()) {
      toClient(from, payload);
    } else {
      channel().eventLoop().execute(() -> toClient(from, payload));
    }
  }

  private void toClient(InetSocketAddress from, ByteBuf payload) {
    Client<?> served = client;
    if (served == null || !channel().isOpen()) {
      payload.release();
    } else {
      served.take(from, payload);
    }
  }

  /** What comes from an address of the relays came around them: no relay sends to itself. */
  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    DatagramPacket packet = (DatagramPacket) message;
    if (inlet.isWhole(packet.content()) && !directory.isRelayed(packet.sender().getAddress())) {
      toClient(packet.sender(), packet.content());
    } else {
      packet.release();
    }
  }

  /** Of a datagram that could not be sent: it concerns that peer only. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("relay {}: {}", told(), cause.toString());
  }

  private record Client<C>(DataPath<C> path, Allocation<C> allocation, Usage usage) {

    void take(InetSocketAddress from, ByteBuf payload) {
      path.fromPeer(allocation, usage, from, payload);
    }
  }
}
