package io.bradawl.protocol.stun;

import io.bradawl.protocol.Octets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key under which a message is proved (RFC 8489 section 9). Does not show itself. */
public final class IntegrityKey {

  private final Octets secret;

  private IntegrityKey(Octets secret) {
    if (secret.length() == 0) {
      throw new IllegalArgumentException("an integrity key has at least one octet");
    }
    this.secret = secret;
  }

  public static IntegrityKey of(Octets secret) {
    return new IntegrityKey(secret);
  }

  /**
   * The key of a short-term credential (RFC 8489 section 9.1.1).
   *
   * @param password already prepared with OpaqueString (RFC 8265)
   */
  public static IntegrityKey ofPassword(String password) {
    return new IntegrityKey(Octets.of(password.getBytes(StandardCharsets.UTF_8)));
  }

  boolean matches(String algorithm, Octets covered, Octets mac) {
    return MessageDigest.isEqual(mac(algorithm, covered.asByteBuffer()), mac.toByteArray());
  }

  byte[] mac(String algorithm, ByteBuffer covered) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret.toByteArray(), algorithm));
      mac.update(covered);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(algorithm + " is part of every JDK", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IntegrityKey key
        && MessageDigest.isEqual(secret.toByteArray(), key.secret.toByteArray());
  }

  @Override
  public int hashCode() {
    return secret.hashCode();
  }

  @Override
  public String toString() {
    return "IntegrityKey[" + secret.length() + " octets]";
  }
}
