package io.bradawl.runtime.address;

import java.net.Inet4Address;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The IPv4 range out of which virtual addresses are given.
 *
 * @param first the network address as a number
 * @param prefix 4 to 24 bits, so at least 256 addresses
 */
public record VirtualRange(int first, int prefix) {

  private static final String FORM = "(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})";

  /**
   * Reads {@code 240.0.0.0/4}.
   *
   * @throws IllegalArgumentException if the text is not of that form, or the range not inside
   *     240.0.0.0/4 (RFC 1112 section 4): any other range can hold real hosts
   */
  public static VirtualRange parse(String text) {
    Matcher form = Pattern.compile(FORM).matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is not of the form 240.0.0.0/4");
    }
    int number = 0;
    for (int i = 1; i <= 4; i++) {
      int octet = Integer.parseInt(form.group(i));
      if (octet > 255) {
        throw new IllegalArgumentException(
            "\"" + text + "\" has the octet " + octet + ", outside 0..255");
      }
      number = number << 8 | octet;
    }
    int prefix = Integer.parseInt(form.group(5));
    if (prefix < 4
        || prefix > 24
        || number >>> 28 != 0xF
        || (number & (1 << 32 - prefix) - 1) != 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" must be a network inside 240.0.0.0/4 with a prefix of 4 to 24 bits");
    }
    return new VirtualRange(number, prefix);
  }

  /** How many addresses the range has. */
  public long size() {
    return 1L << 32 - prefix;
  }

  public boolean contains(Inet4Address address) {
    return (number(address) & -1 << 32 - prefix) == first;
  }

  static int number(Inet4Address address) {
    byte[] octets = address.getAddress();
    return octets[0] << 24 | (octets[1] & 0xFF) << 16 | (octets[2] & 0xFF) << 8 | octets[3] & 0xFF;
  }

  @Override
  public String toString() {
    return (first >>> 24)
        + "."
        + (first >> 16 & 255)
        + "."
        + (first >> 8 & 255)
        + "."
        + (first & 255)
        + "/"
        + prefix;
  }
}
