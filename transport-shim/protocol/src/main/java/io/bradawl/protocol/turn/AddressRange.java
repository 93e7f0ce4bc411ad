package io.bradawl.protocol.turn;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Addresses that begin with the same bits (RFC 4632 section 3.1).
 *
 * @param network any address of the range
 * @param bits 0 to 32, or to 128 for IPv6
 */
public record AddressRange(InetAddress network, int bits) {

  public AddressRange {
    int most = 8 * network.getAddress().length;
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException("prefix length " + bits + " is outside 0.." + most);
    }
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a single address.
   *
   * @throws IllegalArgumentException if it is something else; the message repeats it
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    try {
      // Digits, dots and colons: no name that would be looked up.
      if (!address.matches("[0-9a-fA-F:.]*[.:][0-9a-fA-F:.]*")) {
        throw new IllegalArgumentException("no address");
      }
      InetAddress network = InetAddress.getByName(address);
      int whole = 8 * network.getAddress().length;
      return new AddressRange(
          network, slash < 0 ? whole : Integer.parseInt(text.substring(slash + 1)));
    } catch (UnknownHostException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no address range such as 10.0.0.0/8 or fd00::/8", e);
    }
  }

  /** Whether the address lies in the range; one of the other family does not. */
  public boolean contains(InetAddress address) {
    byte[] one = network.getAddress();
    byte[] other = address.getAddress();
    return one.length == other.length && AddressBits.samePrefix(one, other, bits);
  }

  /** Whether the range is this address and nothing else. */
  public boolean isOnly(InetAddress address) {
    return bits == 8 * network.getAddress().length && network.equals(address);
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + bits;
  }
}
