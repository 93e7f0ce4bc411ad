package io.bradawl.protocol.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Objects;

/**
 * An IP address and a port: the "transport address" of RFC 8445 section 4.
 *
 * @param ip an address that is already resolved; its host name, if any, plays no part
 * @param port 0 to 65535
 */
public record TransportAddress(InetAddress ip, int port) {

  public TransportAddress {
    Objects.requireNonNull(ip, "ip");
    if (port < 0 || port > 0xFFFF) {
      throw new IllegalArgumentException("port " + port + " is outside 0..65535");
    }
  }

  public boolean isIpv6() {
    return ip instanceof Inet6Address;
  }

  /** {@code 192.0.2.1:80} or {@code [2001:db8::1]:80}; never looks a name up. */
  @Override
  public String toString() {
    String host = ip.getHostAddress();
    return isIpv6() ? "[" + host + "]:" + port : host + ":" + port;
  }
}
