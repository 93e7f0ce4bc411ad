package io.bradawl.protocol.noise;

import io.bradawl.protocol.crypto.Aead;
import io.bradawl.protocol.crypto.AesGcm;
import io.bradawl.protocol.crypto.Secret;
import java.nio.ByteBuffer;

/**
 * A key and a counter, Noise section 5.1; the AESGCM functions are those of section 12.3: the nonce
 * is 32 zero bits and the counter, big endian. Not thread-safe.
 */
public final class CipherState implements AutoCloseable {

  /** What encryption adds to a plaintext, octets. */
  public static final int OVERHEAD = Aead.TAG_LENGTH;

  private static final byte[] NOTHING = new byte[0];

  /** Section 5.1: reserved for {@link #rekey}. */
  private static final long MAX_NONCE = -1;

  private final Aead.Factory ciphers;
  private final byte[] nonce = new byte[Aead.NONCE_LENGTH];
  private Aead cipher;
  private long counter;

  /** Takes over {@code key}: {@code InitializeKey}. */
  public CipherState(Secret key) {
    this(key, AesGcm::new);
  }

  /** As above, with ciphers of one's own. */
  public CipherState(Secret key, Aead.Factory ciphers) {
    this.ciphers = ciphers;
    this.cipher = ciphers.create(key);
  }

  /**
   * {@code EncryptWithAd} in place: the buffer grows by {@value #OVERHEAD} octets behind {@code
   * length}.
   */
  public void encrypt(byte[] associated, byte[] buffer, int offset, int length) {
    cipher.seal(nonce(counter), associated, buffer, offset, length);
    advance();
  }

  /** {@code EncryptWithAd} in place, without associated data. */
  public void encrypt(byte[] buffer, int offset, int length) {
    encrypt(NOTHING, buffer, offset, length);
  }

  /**
   * {@code DecryptWithAd} from one array into another (or the same).
   *
   * @return whether it was authentic; if not, the counter stands still
   */
  public boolean decrypt(
      byte[] associated, byte[] from, int offset, int length, byte[] into, int intoOffset) {
    if (!cipher.open(nonce(counter), associated, from, offset, length, into, intoOffset)) {
      return false;
    }
    advance();
    return true;
  }

  /** {@code DecryptWithAd} without associated data. */
  public boolean decrypt(byte[] from, int offset, int length, byte[] into, int intoOffset) {
    return decrypt(NOTHING, from, offset, length, into, intoOffset);
  }

  /**
   * {@code Rekey}, sections 4.2 and 11.3: a new key from which the old one cannot be told; the
   * counter goes on.
   */
  public void rekey() {
    byte[] next = new byte[Aead.KEY_LENGTH + Aead.TAG_LENGTH];
    cipher.seal(nonce(MAX_NONCE), NOTHING, next, 0, Aead.KEY_LENGTH);
    cipher.close();
    try (Secret both = Secret.takeOver(next)) {
      cipher = ciphers.create(both.slice(0, Aead.KEY_LENGTH));
    }
  }

  private byte[] nonce(long n) {
    ByteBuffer.wrap(nonce).putLong(Integer.BYTES, n);
    return nonce;
  }

  private void advance() {
    if (++counter == MAX_NONCE) {
      throw new IllegalStateException(
          "2^64 - 1 messages under one key; rekey does not help, start a new session");
    }
  }

  @Override
  public void close() {
    cipher.close();
  }

  @Override
  public String toString() {
    return "CipherState[" + Long.toUnsignedString(counter) + " messages]";
  }
}
