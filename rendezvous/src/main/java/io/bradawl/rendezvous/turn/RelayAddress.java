package io.bradawl.rendezvous.turn;

import io.bradawl.rendezvous.net.ExternalAddresses;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;

/**
 * Where relay sockets are opened.
 *
 * @param bound of this machine
 * @param told what peers reach it by; another one behind a one-to-one NAT, as in most clouds
 */
public record RelayAddress(InetAddress bound, InetAddress told) {

  /**
   * One of each family that the server listens on, or that this machine has.
   *
   * @param listen where the server listens
   * @param external what others know these addresses by
   */
  public static List<RelayAddress> defaults(
      List<InetSocketAddress> listen, ExternalAddresses external) {
    List<InetAddress> specific =
        listen.stream()
            .map(InetSocketAddress::getAddress)
            .filter(address -> address != null && !address.isAnyLocalAddress())
            .toList();
    return (specific.isEmpty() ? OwnAddresses.reachable() : specific)
        .stream()
            .distinct()
            .map(address -> new RelayAddress(address, external.of(address)))
            .toList();
  }

  /** Whether this machine can have a socket there. */
  public boolean isHere() {
    try (DatagramSocket probe = new DatagramSocket(0, bound)) {
      return probe.isBound();
    } catch (SocketException e) {
      return false;
    }
  }

  boolean isIpv6() {
    return bound instanceof Inet6Address;
  }

  @Override
  public String toString() {
    String own = bound.getHostAddress();
    return told.equals(bound) ? own : told.getHostAddress() + "/" + own;
  }
}
