package io.bradawl.protocol.stun;

import java.util.random.RandomGenerator;

/**
 * The 96 bits that tie a response to its request (RFC 8489 section 5).
 *
 * @param high the first four octets
 * @param low the last eight octets
 */
public record TransactionId(int high, long low) {

  /**
   * A fresh one. The source must be cryptographically strong wherever a response is trusted because
   * of it.
   */
  public static TransactionId draw(RandomGenerator random) {
    return new TransactionId(random.nextInt(), random.nextLong());
  }

  /** 24 hexadecimal digits. */
  @Override
  public String toString() {
    return String.format("%08x%016x", high, low);
  }
}
