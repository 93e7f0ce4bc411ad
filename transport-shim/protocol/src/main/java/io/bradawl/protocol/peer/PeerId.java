package io.bradawl.protocol.peer;

import io.bradawl.protocol.Octets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A peer id: an X25519 public key (RFC 7748 section 5), written in base32 (RFC 4648 section 6),
 * lower case, without padding: 52 characters, so one DNS label.
 *
 * @param key 32 octets, little endian as RFC 7748 encodes them
 */
public record PeerId(Octets key) implements PeerRef {

  /** Octets in a key. */
  public static final int LENGTH = 32;

  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int LABEL_LENGTH = 52;
  private static final Pattern SHAPE = Pattern.compile("[a-zA-Z2-7]{51}[aqAQ]");

  public PeerId {
    if (key.length() != LENGTH) {
      throw new IllegalArgumentException(
          "a peer id has " + LENGTH + " octets, not " + key.length());
    }
  }

  /**
   * Whether {@code label} has the shape of a peer id: 52 base32 characters, of which the last
   * carries one bit.
   */
  public static boolean isId(String label) {
    return label.length() == LABEL_LENGTH && SHAPE.matcher(label).matches();
  }

  /**
   * Reads the 52-character form in any case.
   *
   * @throws IllegalArgumentException if {@code text} is not of that form
   */
  public static PeerId parse(String text) {
    if (!isId(text)) {
      throw new IllegalArgumentException(
          "peer id \"" + text + "\" is not 52 base32 characters (a-z, 2-7) of a 32-octet key");
    }
    String lower = text.toLowerCase(Locale.ROOT);
    byte[] key = new byte[LENGTH];
    int bits = 0;
    int held = 0;
    int at = 0;
    for (int i = 0; i < LABEL_LENGTH && at < LENGTH; i++) {
      held = held << 5 | ALPHABET.indexOf(lower.charAt(i));
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        key[at++] = (byte) (held >> bits);
      }
    }
    return new PeerId(Octets.of(key));
  }

  @Override
  public String label() {
    StringBuilder text = new StringBuilder(LABEL_LENGTH);
    int bits = 0;
    int held = 0;
    for (byte octet : key.toByteArray()) {
      held = held << 8 | octet & 0xFF;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(ALPHABET.charAt(held >> bits & 31));
      }
    }
    text.append(ALPHABET.charAt(held << 5 - bits & 31));
    return text.toString();
  }

  @Override
  public String toString() {
    return label();
  }
}
