package io.bradawl.protocol.seal;

/**
 * How large the arrays are that a seal works in: they grow with the largest datagram met, in few
 * steps.
 */
final class Scratch {

  private static final int SMALLEST = 2048;

  private Scratch() {}

  /** The power of two from 2048 that holds {@code length} octets. */
  static int roundUp(int length) {
    return Math.max(SMALLEST, Integer.highestOneBit(length - 1) << 1);
  }
}
