package io.bradawl.runtime.udp;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;

/** The addresses of this machine's interfaces. */
final class HostAddresses {

  private HostAddresses() {}

  /**
   * Where a socket bound to {@code bound} can be reached from this or another host: the address
   * itself, or for a wildcard all addresses of all interfaces that are up. Loopback counts only if
   * there is nothing else; link-local IPv6 addresses do not, since their zone means nothing to
   * another host (RFC 8445 section 5.1.1.1).
   */
  static List<InetAddress> reaching(InetAddress bound, boolean ipv6) {
    if (!bound.isAnyLocalAddress()) {
      return List.of(bound);
    }
    List<InetAddress> outer = new ArrayList<>();
    List<InetAddress> loopback = new ArrayList<>();
    for (InetAddress ip : all()) {
      if (ip instanceof Inet6Address && !ipv6 || ip.isLinkLocalAddress()) {
        continue;
      }
      (ip.isLoopbackAddress() ? loopback : outer).add(ip);
    }
    return outer.isEmpty() ? loopback : outer;
  }

  /**
   * The address from which this host would send to {@code remote}; {@code bound} if that is not a
   * wildcard.
   */
  static InetSocketAddress toward(InetSocketAddress remote, InetSocketAddress bound) {
    if (!bound.getAddress().isAnyLocalAddress()) {
      return bound;
    }
    try (DatagramChannel probe = DatagramChannel.open()) {
      probe.connect(remote); // sends nothing, but makes the kernel choose
      InetSocketAddress chosen = (InetSocketAddress) probe.getLocalAddress();
      return new InetSocketAddress(chosen.getAddress(), bound.getPort());
    } catch (IOException e) {
      return bound;
    }
  }

  private static List<InetAddress> all() {
    List<InetAddress> found = new ArrayList<>();
    try {
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        if (each.isUp()) {
          each.inetAddresses().forEach(found::add);
        }
      }
    } catch (SocketException e) {
      found.clear(); // no interface can be listed: the server-reflexive candidate alone must do
    }
    return found;
  }
}
