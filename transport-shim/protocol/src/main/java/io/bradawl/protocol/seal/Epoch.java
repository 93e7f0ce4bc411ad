package io.bradawl.protocol.seal;

import io.bradawl.protocol.crypto.Aead;
import io.bradawl.protocol.crypto.Hkdf;
import io.bradawl.protocol.crypto.Secret;
import java.nio.ByteBuffer;

/**
 * One link in the chain of keys of one direction. From a chain secret come key, nonce mask and the
 * next chain secret (HKDF-Expand with different info), so both sides change keys by counting, and
 * an old key cannot be had from a new one.
 */
final class Epoch implements AutoCloseable {

  private final long number;
  private final Aead aead;
  private final Aead.Factory ciphers;
  private final Secret following;
  private final long nonceMask;
  private final byte[] nonce;

  private Epoch(long number, Secret chain, Aead.Factory ciphers) {
    this.number = number;
    this.ciphers = ciphers;
    try (chain) {
      this.aead = ciphers.create(Hkdf.expand(chain, "bradawl epoch key", Aead.KEY_LENGTH));
      this.nonce = Hkdf.expand(chain, "bradawl epoch nonce", Aead.NONCE_LENGTH).toByteArray();
      this.following = Hkdf.expand(chain, "bradawl epoch next", Hkdf.HASH_LENGTH);
    }
    this.nonceMask = ByteBuffer.wrap(nonce).getLong(Integer.BYTES);
  }

  /** The first link; takes over {@code chain}. */
  static Epoch first(Secret chain, Aead.Factory ciphers) {
    return new Epoch(0, chain, ciphers);
  }

  /** The next link; once, for it uses up the chain secret. */
  Epoch next() {
    return new Epoch(number + 1, following, ciphers);
  }

  long number() {
    return number;
  }

  Aead aead() {
    return aead;
  }

  /** The nonce of a packet, RFC 8446 section 5.3: mask XOR number. Overwritten by the next call. */
  byte[] nonce(long packet) {
    long low = nonceMask ^ packet;
    for (int i = Aead.NONCE_LENGTH - 1; i >= Integer.BYTES; i--) {
      nonce[i] = (byte) low;
      low >>>= Byte.SIZE;
    }
    return nonce;
  }

  @Override
  public void close() {
    aead.close();
    following.close();
  }
}
