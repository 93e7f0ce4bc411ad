package io.bradawl.rendezvous.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * What quotas count by: an IPv4 address, or the 64 bits of an IPv6 address that name a network, in
 * which a host has as many addresses as it likes (RFC 4291 section 2.5.1).
 */
public record Source(InetAddress network) {

  private static final int NETWORK_OCTETS = 8;

  public static Source of(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return new Source(address);
    }
    byte[] network = Arrays.copyOf(Arrays.copyOf(address.getAddress(), NETWORK_OCTETS), 16);
    try {
      return new Source(InetAddress.getByAddress(network));
    } catch (UnknownHostException e) {
      throw new AssertionError("16 octets are an address", e);
    }
  }

  @Override
  public String toString() {
    return network.getHostAddress() + (network instanceof Inet6Address ? "/64" : "");
  }
}
