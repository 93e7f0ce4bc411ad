package io.bradawl.protocol.noise;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.crypto.Hkdf;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.noise.NoiseException.Failure;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Chaining key, handshake hash and the cipher of the moment: Noise section 5.2. */
final class SymmetricState implements AutoCloseable {

  private final MessageDigest digest = sha256();
  private Secret chainingKey;
  private byte[] hash;
  private @Nullable CipherState cipher;

  /** {@code InitializeSymmetric}. */
  SymmetricState(String protocolName) {
    byte[] name = protocolName.getBytes(US_ASCII);
    hash =
        name.length <= Hkdf.HASH_LENGTH
            ? Arrays.copyOf(name, Hkdf.HASH_LENGTH)
            : digest.digest(name);
    chainingKey = Secret.copyOf(hash);
  }

  void mixKey(Secret material) {
    Secret[] keys = Hkdf.chain(chainingKey, material, 2);
    chain(keys[0], keys[1]);
  }

  void mixHash(byte[] data) {
    digest.update(hash);
    hash = digest.digest(data);
  }

  void mixKeyAndHash(Secret material) {
    Secret[] keys = Hkdf.chain(chainingKey, material, 3);
    try (Secret mixed = keys[1]) {
      mixHash(mixed.toByteArray());
    }
    chain(keys[0], keys[2]);
  }

  private void chain(Secret nextChainingKey, Secret key) {
    close();
    chainingKey = nextChainingKey;
    cipher = new CipherState(key);
  }

  /**
   * The handshake has a key before anything is encrypted, because pskN patterns mix the ephemeral
   * key.
   */
  byte[] encryptAndHash(byte[] plaintext) {
    byte[] ciphertext = Arrays.copyOf(plaintext, plaintext.length + CipherState.OVERHEAD);
    keyed().encrypt(hash, ciphertext, 0, plaintext.length);
    mixHash(ciphertext);
    return ciphertext;
  }

  byte[] decryptAndHash(byte[] ciphertext, String what) throws NoiseException {
    byte[] plaintext = new byte[Math.max(0, ciphertext.length - CipherState.OVERHEAD)];
    if (!keyed().decrypt(hash, ciphertext, 0, ciphertext.length, plaintext, 0)) {
      throw new NoiseException(Failure.NOT_AUTHENTIC, what + " is not authentic");
    }
    mixHash(ciphertext);
    return plaintext;
  }

  private CipherState keyed() {
    if (cipher == null) {
      throw new IllegalStateException("no key has been mixed in yet");
    }
    return cipher;
  }

  /** {@code GetHandshakeHash}. */
  Octets handshakeHash() {
    return Octets.of(hash);
  }

  /** {@code Split}, but the keys rather than cipher states: more than one use is made of them. */
  Secret[] split() {
    return Hkdf.chain(chainingKey, Secret.zeros(0), 2);
  }

  @Override
  public void close() {
    chainingKey.close();
    if (cipher != null) {
      cipher.close();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
  }
}
