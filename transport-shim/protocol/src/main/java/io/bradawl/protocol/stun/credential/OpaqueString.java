package io.bradawl.protocol.stun.credential;

import java.text.Normalizer;

/**
 * The profile OpaqueString (RFC 8265 section 4.2), as far as it changes text: two ways to type the
 * same password give the same key. That characters are of the allowed class is left to whoever
 * chooses the password.
 */
final class OpaqueString {

  private OpaqueString() {}

  /** Spaces of any kind become U+0020, then normalisation form C. */
  static String prepare(String text) {
    int[] mapped =
        text.codePoints()
            .map(point -> Character.getType(point) == Character.SPACE_SEPARATOR ? ' ' : point)
            .toArray();
    return Normalizer.normalize(new String(mapped, 0, mapped.length), Normalizer.Form.NFC);
  }
}
