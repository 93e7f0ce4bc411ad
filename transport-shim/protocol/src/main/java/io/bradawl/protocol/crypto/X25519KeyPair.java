package io.bradawl.protocol.crypto;

import io.bradawl.protocol.Octets;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/**
 * An X25519 key pair as raw octets (RFC 7748 section 5): the identity of a peer, or an ephemeral
 * key.
 */
public final class X25519KeyPair implements AutoCloseable {

  /** Octets in a private key, a public key and a shared secret. */
  public static final int LENGTH = 32;

  private static final String ALGORITHM = "X25519";
  private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final Octets BASE_POINT = Octets.of(Arrays.copyOf(new byte[] {9}, LENGTH));

  private final Secret privateKey;
  private final Octets publicKey;

  private X25519KeyPair(Secret privateKey, Octets publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /**
   * Takes over the private key and computes the public one.
   *
   * @param privateKey 32 octets, any; where they are random, that is the whole key generation
   */
  public static X25519KeyPair of(Secret privateKey) {
    if (privateKey.length() != LENGTH) {
      throw new IllegalArgumentException(
          "an X25519 private key has " + LENGTH + " octets, not " + privateKey.length());
    }
    try (Secret product = multiply(privateKey, BASE_POINT)) {
      return new X25519KeyPair(privateKey, Octets.of(product.alive()));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("the base point of X25519 is a valid key", e);
    }
  }

  public Octets publicKey() {
    return publicKey;
  }

  /**
   * What this side and the holder of {@code other} alone can compute.
   *
   * @throws InvalidKeyException if {@code other} is not 32 octets, not below the field's prime (so
   *     that no key has two spellings), or of small order, which makes the result the same for
   *     everybody (RFC 7748 section 6.1)
   */
  public Secret agree(Octets other) throws InvalidKeyException {
    return multiply(privateKey, other);
  }

  private static Secret multiply(Secret scalar, Octets point) throws InvalidKeyException {
    PublicKey theirs = decode(point);
    try {
      KeyAgreement agreement = KeyAgreement.getInstance(ALGORITHM);
      agreement.init(encode(scalar));
      agreement.doPhase(theirs, true);
      return rejectZeros(agreement.generateSecret());
    } catch (InvalidKeyException e) {
      throw new InvalidKeyException("X25519 public key is of small order", e);
    } catch (GeneralSecurityException e) {
      throw unavailable(e);
    }
  }

  private static Secret rejectZeros(byte[] shared) throws InvalidKeyException {
    int any = 0;
    for (byte octet : shared) {
      any |= octet;
    }
    if (any == 0) {
      throw new InvalidKeyException("X25519 shared secret is all zeros");
    }
    return Secret.takeOver(shared);
  }

  private static PrivateKey encode(Secret scalar) {
    byte[] copy = scalar.toByteArray();
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, copy));
    } catch (GeneralSecurityException e) {
      throw unavailable(e);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  private static PublicKey decode(Octets point) throws InvalidKeyException {
    if (point.length() != LENGTH) {
      throw new InvalidKeyException(
          "X25519 public key has " + point.length() + " octets, not " + LENGTH);
    }
    byte[] littleEndian = point.toByteArray();
    byte[] bigEndian = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      bigEndian[i] = littleEndian[LENGTH - 1 - i];
    }
    BigInteger u = new BigInteger(1, bigEndian);
    if (u.compareTo(PRIME) >= 0) {
      throw new InvalidKeyException("X25519 public key is not below 2^255 - 19");
    }
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u));
    } catch (GeneralSecurityException e) {
      throw unavailable(e);
    }
  }

  private static IllegalStateException unavailable(GeneralSecurityException e) {
    return new IllegalStateException(
        ALGORITHM + " does not work on this Java platform; is jdk.crypto.ec there?", e);
  }

  /** Wipes the private key. */
  @Override
  public void close() {
    privateKey.close();
  }

  /** The public key only. */
  @Override
  public String toString() {
    return "X25519KeyPair[" + publicKey + "]";
  }
}
