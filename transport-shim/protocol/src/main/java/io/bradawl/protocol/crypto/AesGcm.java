package io.bradawl.protocol.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM through the JDK's {@link Cipher}, which is made once and initialised for every
 * message.
 */
public final class AesGcm implements Aead {

  private static final String TRANSFORMATION = "AES/GCM/NoPadding";
  private static final int TAG_BITS = TAG_LENGTH * 8;

  private final Cipher cipher;
  private final Secret secret;
  private final SecretKey key;

  /** Takes over {@code secret}, {@value #KEY_LENGTH} octets. */
  public AesGcm(Secret secret) {
    if (secret.length() != KEY_LENGTH) {
      throw new IllegalArgumentException(
          "an AES-256 key has " + KEY_LENGTH + " octets, not " + secret.length());
    }
    this.secret = secret;
    this.key = secret.asKey("AES");
    try {
      this.cipher = Cipher.getInstance(TRANSFORMATION);
    } catch (GeneralSecurityException e) {
      throw failure(e);
    }
  }

  @Override
  public void seal(byte[] nonce, byte[] associated, byte[] buffer, int offset, int length) {
    try {
      start(Cipher.ENCRYPT_MODE, nonce, associated);
      cipher.doFinal(buffer, offset, length, buffer, offset);
    } catch (GeneralSecurityException e) {
      throw failure(e);
    }
  }

  @Override
  public boolean open(
      byte[] nonce,
      byte[] associated,
      byte[] from,
      int offset,
      int length,
      byte[] into,
      int intoOffset) {
    if (length < TAG_LENGTH) {
      return false;
    }
    try {
      start(Cipher.DECRYPT_MODE, nonce, associated);
      cipher.doFinal(from, offset, length, into, intoOffset);
      return true;
    } catch (AEADBadTagException e) {
      // JDK 25 decrypts before it knows the tag, and wipes only what is not in place
      Arrays.fill(into, intoOffset, intoOffset + length - TAG_LENGTH, (byte) 0);
      return false;
    } catch (GeneralSecurityException e) {
      throw failure(e);
    }
  }

  private void start(int mode, byte[] nonce, byte[] associated) throws GeneralSecurityException {
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    if (associated.length > 0) {
      cipher.updateAAD(associated);
    }
  }

  @Override
  public void close() {
    secret.close();
  }

  private static IllegalStateException failure(GeneralSecurityException e) {
    return new IllegalStateException(TRANSFORMATION + " does not work on this Java platform", e);
  }
}
