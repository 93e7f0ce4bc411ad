package io.bradawl.protocol.realm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bradawl.protocol.crypto.Secret;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;

/**
 * The text that makes a peer a member of a realm. The rendezvous can try guesses against what it
 * sees of the realm, at the speed of its hardware, so only text that nobody guesses will do: 32
 * random octets in base64, not a phrase.
 */
public final class RealmSecret {

  /** Characters, at least: room for 128 bits in hexadecimal. */
  public static final int MIN_LENGTH = 32;

  /** Characters, at most. */
  public static final int MAX_LENGTH = 1024;

  /**
   * Random hexadecimal of the least length has fewer different characters once in ten million
   * times.
   */
  private static final int MIN_DIFFERENT = 8;

  private static final String REMEDY = "; make one with: java -jar bradawl-agent.jar realm";

  private RealmSecret() {}

  /**
   * Writes random octets as a realm secret, 43 characters.
   *
   * @param random 32 octets from a secure source; left to the caller to wipe
   */
  public static String generate(byte[] random) {
    if (random.length != 32) {
      throw new IllegalArgumentException(
          "a realm secret is made from 32 random octets, not " + random.length);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /**
   * Checks a secret as a property has it; see {@link #parse(byte[])}.
   *
   * @throws IllegalArgumentException as there
   */
  public static Secret parse(String text) {
    byte[] octets = text.getBytes(UTF_8);
    try {
      return parse(octets);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /**
   * Checks a secret as a file has it; line ends and blanks around it do not count.
   *
   * @param text left to the caller to wipe
   * @throws IllegalArgumentException if it is too short, too long or too regular; the message tells
   *     the rule and the remedy, and nothing of the secret
   */
  public static Secret parse(byte[] text) {
    int from = 0;
    int to = text.length;
    while (from < to && isBlank(text[from])) {
      from++;
    }
    while (from < to && isBlank(text[to - 1])) {
      to--;
    }
    requireLength(to - from);
    requireVariety(text, from, to);
    return Secret.takeOver(Arrays.copyOfRange(text, from, to));
  }

  private static boolean isBlank(byte octet) {
    return octet >= 0 && octet <= ' ';
  }

  private static void requireLength(int length) {
    if (length < MIN_LENGTH || length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "realm secret has "
              + length
              + " characters; "
              + MIN_LENGTH
              + " to "
              + MAX_LENGTH
              + " are allowed"
              + REMEDY);
    }
  }

  private static void requireVariety(byte[] text, int from, int to) {
    BitSet different = new BitSet();
    for (int i = from; i < to; i++) {
      if (text[i] <= ' ' || text[i] > '~') {
        throw new IllegalArgumentException(
            "realm secret has a character at position "
                + (i - from + 1)
                + " that is no ASCII letter, digit or sign (phrases of words can be guessed)"
                + REMEDY);
      }
      different.set(text[i]);
    }
    if (different.cardinality() < MIN_DIFFERENT) {
      throw new IllegalArgumentException(
          "realm secret has fewer than "
              + MIN_DIFFERENT
              + " different characters and can be guessed"
              + REMEDY);
    }
  }
}
