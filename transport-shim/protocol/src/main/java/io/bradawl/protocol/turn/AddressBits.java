package io.bradawl.protocol.turn;

/** Comparison of addresses bit by bit. */
final class AddressBits {

  private AddressBits() {}

  /** Both are at least {@code bits} long. */
  static boolean samePrefix(byte[] one, byte[] other, int bits) {
    for (int i = 0; i < bits / 8; i++) {
      if (one[i] != other[i]) {
        return false;
      }
    }
    int rest = bits % 8;
    return rest == 0 || ((one[bits / 8] ^ other[bits / 8]) & 0xFF) >> 8 - rest == 0;
  }
}
