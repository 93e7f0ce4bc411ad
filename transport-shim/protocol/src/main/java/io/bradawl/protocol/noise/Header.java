package io.bradawl.protocol.noise;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.noise.NoiseException.Failure;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The three octets before a Noise message: version, suite, membership. All are bound by the
 * prologue.
 */
record Header(Suite suite, Membership membership) {

  static final byte VERSION = 1;
  static final int LENGTH = 3;

  byte[] encode() {
    return new byte[] {VERSION, suite.code(), membership.code()};
  }

  /** The message with this header in front. */
  Octets before(byte[] noiseMessage) {
    return Octets.of(
        ByteBuffer.allocate(LENGTH + noiseMessage.length).put(encode()).put(noiseMessage).array());
  }

  static Header decode(Octets message) throws NoiseException {
    if (message.length() < LENGTH) {
      throw new NoiseException(
          Failure.MALFORMED, "sealed message of " + message.length() + " octets has no header");
    }
    ByteBuffer octets = message.asByteBuffer();
    requireKnown(octets.get(0) == VERSION ? VERSION : null, "version", octets.get(0));
    return new Header(
        requireKnown(Suite.of(octets.get(1)), "suite", octets.get(1)),
        requireKnown(Membership.of(octets.get(2)), "membership", octets.get(2)));
  }

  private static <T> T requireKnown(@Nullable T known, String what, byte code)
      throws NoiseException {
    if (known == null) {
      throw new NoiseException(
          Failure.UNSUPPORTED,
          "sealed message is of "
              + what
              + " "
              + (code & 0xFF)
              + ", which this peer does not speak");
    }
    return known;
  }

  /** What follows the header. */
  static byte[] body(Octets message) {
    byte[] body = new byte[message.length() - LENGTH];
    message.asByteBuffer().position(LENGTH).get(body);
    return body;
  }
}
