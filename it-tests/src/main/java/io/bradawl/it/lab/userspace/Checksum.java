package io.bradawl.it.lab.userspace;

import java.nio.ByteBuffer;

/** The Internet checksum (RFC 1071), and how it changes with what it covers (RFC 1624). */
final class Checksum {

  private Checksum() {}

  /** The unfolded sum of 16-bit words; an odd octet at the end counts as the high one. */
  static int sum(ByteBuffer octets, int from, int length) {
    int sum = 0;
    for (int i = from; i + 1 < from + length; i += 2) {
      sum += octets.getShort(i) & 0xFFFF;
    }
    return length % 2 == 0 ? sum : sum + ((octets.get(from + length - 1) & 0xFF) << 8);
  }

  static int folded(int sum) {
    int once = (sum & 0xFFFF) + (sum >>> 16);
    return (once & 0xFFFF) + (once >>> 16);
  }

  /** HC' = ~(~HC + ~m + m'), with the unfolded sums of what was and what is. */
  static short updated(short checksum, int before, int after) {
    return (short) ~folded((~checksum & 0xFFFF) + (~folded(before) & 0xFFFF) + folded(after));
  }
}
