package io.bradawl.protocol.stun;

import io.bradawl.protocol.Octets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key under which a message is proved (RFC 8489 section 9). Does not show itself. Thread-safe:
 * one that has been wiped, perhaps while it was used, proves nothing.
 */
public final class IntegrityKey {

  private final byte[] secret;
  private volatile boolean wiped;

  private IntegrityKey(byte[] secret) {
    if (secret.length == 0) {
      throw new IllegalArgumentException("an integrity key has at least one octet");
    }
    this.secret = secret;
  }

  public static IntegrityKey of(Octets secret) {
    return new IntegrityKey(secret.toByteArray());
  }

  /** Becomes the owner of {@code secret}, which the caller must not use any more. */
  public static IntegrityKey takeOver(byte[] secret) {
    return new IntegrityKey(secret);
  }

  /**
   * The key of a short-term credential (RFC 8489 section 9.1.1).
   *
   * @param password already prepared with OpaqueString (RFC 8265)
   */
  public static IntegrityKey ofPassword(String password) {
    return new IntegrityKey(password.getBytes(StandardCharsets.UTF_8));
  }

  /** From now on it proves nothing, and nothing is proven by it. */
  public void wipe() {
    wiped = true; // first, so that nobody verifies with a key of zeros
    Arrays.fill(secret, (byte) 0);
  }

  boolean matches(String algorithm, Octets covered, Octets mac) {
    byte[] expected = mac(algorithm, covered.asByteBuffer());
    return !wiped && MessageDigest.isEqual(expected, mac.toByteArray());
  }

  byte[] mac(String algorithm, ByteBuffer covered) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret, algorithm));
      mac.update(covered);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(algorithm + " is part of every JDK", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IntegrityKey key && MessageDigest.isEqual(secret, key.secret);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(secret);
  }

  @Override
  public String toString() {
    return "IntegrityKey[" + secret.length + " octets]";
  }
}
