package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.TransportAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** IP addresses as two halves of 128 bits; IPv4 ones v4-mapped (RFC 4291 section 2.5.5.2). */
final class IpBits {

  private static final long V4_MAPPED = 0xFFFF_0000_0000L;

  private IpBits() {}

  static long high(InetAddress ip) {
    byte[] octets = ip.getAddress();
    return octets.length == 4 ? 0 : ByteBuffer.wrap(octets).getLong();
  }

  static long low(InetAddress ip) {
    byte[] octets = ip.getAddress();
    ByteBuffer buffer = ByteBuffer.wrap(octets);
    return octets.length == 4 ? mapped(buffer.getInt()) : buffer.getLong(8);
  }

  /** The lower half of an IPv4 address given as a number. */
  static long mapped(int ipv4) {
    return V4_MAPPED | ipv4 & 0xFFFFFFFFL;
  }

  static TransportAddress address(long ipHigh, long ipLow, int port) {
    byte[] octets = ByteBuffer.allocate(16).putLong(ipHigh).putLong(ipLow).array();
    try {
      return new TransportAddress(InetAddress.getByAddress(octets), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("sixteen octets are an address", e);
    }
  }
}
