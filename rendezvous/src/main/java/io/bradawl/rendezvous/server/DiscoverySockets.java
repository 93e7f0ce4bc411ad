package io.bradawl.rendezvous.server;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.rendezvous.net.ExternalAddresses;
import io.bradawl.rendezvous.net.StunFrames;
import io.bradawl.rendezvous.stun.Seat;
import io.bradawl.rendezvous.stun.TwoAddresses;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/** The sockets by which clients find out how their NAT behaves: two addresses times two ports. */
record DiscoverySockets(TwoAddresses addresses, Map<Seat, Channel> channels) {

  /** Opens a UDP socket. */
  interface Binder {
    Channel bind(Seat seat, InetSocketAddress address) throws IOException;
  }

  /**
   * @param listening the sockets that are there already, each of which may be the first of the four
   * @param alternate another address and another port, 0 for any that is free
   * @param external what clients are told of these addresses
   * @throws IOException if there is none of them, or one cannot be opened
   */
  static DiscoverySockets open(
      List<Channel> listening,
      InetSocketAddress alternate,
      ExternalAddresses external,
      Binder binder)
      throws IOException {
    Channel first = first(listening, alternate);
    InetSocketAddress own = (InetSocketAddress) first.localAddress();
    Channel otherPort =
        binder.bind(
            new Seat(false, true), new InetSocketAddress(own.getAddress(), alternate.getPort()));
    var second =
        new InetSocketAddress(
            alternate.getAddress(), ((InetSocketAddress) otherPort.localAddress()).getPort());
    TwoAddresses two = two(told(own, external), told(second, external));
    Channel otherIp =
        binder.bind(
            new Seat(true, false), new InetSocketAddress(second.getAddress(), own.getPort()));
    Channel both = binder.bind(new Seat(true, true), second);
    return new DiscoverySockets(
        two,
        Map.of(
            Seat.FIRST,
            first,
            new Seat(false, true),
            otherPort,
            new Seat(true, false),
            otherIp,
            new Seat(true, true),
            both));
  }

  private static Channel first(List<Channel> listening, InetSocketAddress alternate)
      throws IOException {
    return listening.stream()
        .filter(channel -> mayGoWith(channel, alternate.getAddress()))
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "--alternate-address "
                        + StunFrames.address(alternate)
                        + " needs a --listen with a definite address of the same family"));
  }

  private static boolean mayGoWith(Channel channel, InetAddress alternate) {
    InetAddress own = ((InetSocketAddress) channel.localAddress()).getAddress();
    return !own.isAnyLocalAddress() && own.getClass() == alternate.getClass();
  }

  private static TransportAddress told(InetSocketAddress bound, ExternalAddresses external) {
    return new TransportAddress(external.of(bound.getAddress()), bound.getPort());
  }

  private static TwoAddresses two(TransportAddress first, TransportAddress second)
      throws IOException {
    try {
      return new TwoAddresses(first, second);
    } catch (IllegalArgumentException e) {
      throw new IOException("--alternate-address: " + e.getMessage(), e);
    }
  }
}
