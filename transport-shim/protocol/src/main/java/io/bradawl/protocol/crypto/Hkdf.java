package io.bradawl.protocol.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;

/** HMAC-SHA256 (RFC 2104) and the key derivation upon it, HKDF (RFC 5869). */
public final class Hkdf {

  /** Octets in a hash, a MAC and most keys. */
  public static final int HASH_LENGTH = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private Hkdf() {}

  /** RFC 5869 section 2.2; the salt need not be secret. */
  public static Secret extract(byte[] salt, Secret material) {
    try (Secret key = Secret.copyOf(salt)) {
      return extract(key, material);
    }
  }

  /** The same with a salt that is secret, as Noise's chaining key is. */
  public static Secret extract(Secret salt, Secret material) {
    return Secret.takeOver(hmac(salt, material.alive()));
  }

  /**
   * RFC 5869 section 2.3.
   *
   * @param info what the key is for: different text, independent key
   * @param length 1 to 8160 octets
   */
  public static Secret expand(Secret key, String info, int length) {
    byte[] text = info.getBytes(US_ASCII);
    byte[] output = new byte[length];
    byte[] block = new byte[0];
    for (int done = 0, i = 1; done < length; done += HASH_LENGTH, i++) {
      byte[] next = hmac(key, block, text, new byte[] {(byte) i});
      Arrays.fill(block, (byte) 0);
      block = next;
      System.arraycopy(block, 0, output, done, Math.min(HASH_LENGTH, length - done));
    }
    Arrays.fill(block, (byte) 0);
    return Secret.takeOver(output);
  }

  /** HKDF as Noise section 4.3 writes it: {@code outputs} keys of 32 octets each. */
  public static Secret[] chain(Secret chainingKey, Secret material, int outputs) {
    try (Secret extracted = extract(chainingKey, material);
        Secret expanded = expand(extracted, "", outputs * HASH_LENGTH)) {
      Secret[] keys = new Secret[outputs];
      Arrays.setAll(keys, i -> expanded.slice(i * HASH_LENGTH, (i + 1) * HASH_LENGTH));
      return keys;
    }
  }

  /**
   * HMAC-SHA256 over the parts in sequence; the caller sees to it that they cannot be divided
   * differently.
   */
  public static byte[] hmac(Secret key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key.asKey(ALGORITHM));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is part of every Java platform", e);
    }
  }
}
