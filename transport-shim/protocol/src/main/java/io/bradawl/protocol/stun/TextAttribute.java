package io.bradawl.protocol.stun;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** An attribute whose whole value is text, in UTF-8. */
sealed interface TextAttribute extends StunAttribute permits Nonce, Software, StunRealm, Username {

  String text();

  /**
   * @throws IllegalArgumentException if the text is longer than the RFC lets it be
   */
  static void requireAtMost(int octets, String attribute, String text) {
    int length = octets(text).length;
    if (length > octets) {
      throw new IllegalArgumentException(
          attribute + " of " + length + " octets, allowed are " + octets);
    }
  }

  @Override
  default int valueLength() {
    return octets(text()).length;
  }

  @Override
  default void writeValue(ByteBuffer target, TransactionId transaction) {
    target.put(octets(text()));
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
