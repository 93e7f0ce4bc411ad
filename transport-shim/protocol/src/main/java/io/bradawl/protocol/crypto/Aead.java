package io.bradawl.protocol.crypto;

/**
 * Authenticated encryption under one key (RFC 5116) with 12-octet nonces and 16-octet tags, over
 * arrays because that is what the JDK's ciphers are fast on. A seam: what is built upon it does not
 * care how the octets are computed.
 *
 * <p>Never the same nonce twice under one key. Not thread-safe; one instance is used in one
 * direction.
 */
public interface Aead extends AutoCloseable {

  int KEY_LENGTH = 32;
  int NONCE_LENGTH = 12;
  int TAG_LENGTH = 16;

  /**
   * Encrypts in place.
   *
   * @param associated what is authenticated but not encrypted; empty for nothing
   * @param length octets of plaintext at {@code offset}; the tag is written behind them
   */
  void seal(byte[] nonce, byte[] associated, byte[] buffer, int offset, int length);

  /**
   * Decrypts from one array into another, or the same.
   *
   * @param length octets of ciphertext and tag at {@code offset}
   * @param into where {@code length - }{@value #TAG_LENGTH} octets go; if it is not {@code from},
   *     then {@code from} is left as it was, and on newer JDKs this is the faster way
   * @return whether it was authentic; if not, {@code into} holds nothing of the plaintext
   */
  boolean open(
      byte[] nonce,
      byte[] associated,
      byte[] from,
      int offset,
      int length,
      byte[] into,
      int intoOffset);

  /** Wipes the key as far as the implementation allows. */
  @Override
  void close();

  /** Makes ciphers for keys. */
  interface Factory {

    /** Takes over {@code key}, {@value #KEY_LENGTH} octets. */
    Aead create(Secret key);
  }
}
