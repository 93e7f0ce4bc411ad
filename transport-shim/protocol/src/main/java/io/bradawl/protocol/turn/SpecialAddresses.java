package io.bradawl.protocol.turn;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are not those of some host in the Internet (the IANA special-purpose registries,
 * RFC 6890). IPv6 addresses that carry an IPv4 address are worth what that one is worth: otherwise
 * each such form would be a way around the rules for IPv4.
 */
final class SpecialAddresses {

  private static final List<AddressRange> IPV4 =
      ranges(
          "0.0.0.0/8", // this network; Linux takes 0.0.0.0 for the host itself
          "10.0.0.0/8",
          "100.64.0.0/10", // carrier-grade NAT, RFC 6598
          "127.0.0.0/8",
          "169.254.0.0/16", // link-local; metadata services of clouds
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24", // 6to4 relays
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/3"); // multicast, reserved, broadcast

  /** All that is not in here is no global unicast: ::, ::1, fc00::/7, fe80::/10, ff00::/8 ... */
  private static final AddressRange GLOBAL_IPV6 = AddressRange.parse("2000::/3");

  private static final List<AddressRange> IPV6 =
      ranges(
          "2001:2::/48", // benchmarking
          "2001:10::/28", // ORCHID
          "2001:20::/28", // ORCHIDv2
          "2001:db8::/32",
          "3fff::/20"); // documentation

  private static final AddressRange TEREDO = AddressRange.parse("2001::/32");
  private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16");
  private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");

  private SpecialAddresses() {}

  static boolean isGlobalUnicast(InetAddress address) {
    // Java makes an Inet4Address of the v4-mapped form.
    return address instanceof Inet4Address
        ? IPV4.stream().noneMatch(range -> range.contains(address))
        : isGlobalIpv6(address);
  }

  private static boolean isGlobalIpv6(InetAddress address) {
    byte[] octets = address.getAddress();
    if (NAT64.contains(address)) {
      return carries(octets, 12, 0);
    }
    if (!GLOBAL_IPV6.contains(address) || IPV6.stream().anyMatch(r -> r.contains(address))) {
      return false;
    }
    if (SIX_TO_FOUR.contains(address)) {
      return carries(octets, 2, 0);
    }
    if (TEREDO.contains(address)) {
      // RFC 4380 section 4: the server's address in the clear, the client's with all bits flipped.
      return carries(octets, 4, 0) && carries(octets, 12, 0xFF);
    }
    return !isIsatap(octets) || carries(octets, 12, 0);
  }

  /** RFC 5214 section 6.1: interface identifiers of the form [0200]:5EFE:a.b.c.d. */
  private static boolean isIsatap(byte[] octets) {
    return (octets[8] & ~0x02) == 0
        && octets[9] == 0
        && octets[10] == 0x5E
        && octets[11] == (byte) 0xFE;
  }

  private static boolean carries(byte[] octets, int offset, int mask) {
    byte[] embedded = Arrays.copyOfRange(octets, offset, offset + 4);
    for (int i = 0; i < embedded.length; i++) {
      embedded[i] ^= (byte) mask;
    }
    try {
      return isGlobalUnicast(InetAddress.getByAddress(embedded));
    } catch (UnknownHostException e) {
      throw new AssertionError("4 octets are an address", e);
    }
  }

  private static List<AddressRange> ranges(String... texts) {
    return Stream.of(texts).map(AddressRange::parse).toList();
  }
}
