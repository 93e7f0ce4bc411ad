package io.bradawl.protocol.seal;

/**
 * Which packet numbers were seen: a sliding bitmap in blocks, RFC 6479. A number is admitted once,
 * in any order, as long as it is not more than {@link #WIDTH} behind the highest.
 */
final class ReplayWindow {

  private static final int BLOCKS = 64;

  /** One block is always being cleared, so the promise is one block less than there is room. */
  static final int WIDTH = (BLOCKS - 1) * Long.SIZE;

  private final long[] seen = new long[BLOCKS];
  private long highest = -1;

  /** Whether {@code number} is new; changes nothing, for the packet has yet to prove itself. */
  boolean admits(long number) {
    if (number > highest) {
      return true;
    }
    return highest - number < WIDTH && (seen[block(number)] & bit(number)) == 0;
  }

  /** Takes note of an authentic packet that was admitted. */
  void enter(long number) {
    if (number > highest) {
      clearUpTo(number);
      highest = number;
    }
    seen[block(number)] |= bit(number);
  }

  private void clearUpTo(long number) {
    long from = highest < 0 ? 0 : highest / Long.SIZE + 1;
    long to = number / Long.SIZE;
    for (long block = Math.max(from, to - BLOCKS + 1); block <= to; block++) {
      seen[(int) (block % BLOCKS)] = 0;
    }
  }

  private static int block(long number) {
    return (int) (number / Long.SIZE % BLOCKS);
  }

  private static long bit(long number) {
    return 1L << number;
  }
}
