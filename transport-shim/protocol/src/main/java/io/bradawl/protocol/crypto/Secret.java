package io.bradawl.protocol.crypto;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.security.Key;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * Octets that must not be seen: never in a message, a log or {@link #toString}, and wiped by {@link
 * #close}. Equality is identity, so that nobody compares secrets in variable time.
 *
 * <p>Not thread-safe against {@link #close}: whoever owns a secret decides when it ends.
 */
public final class Secret implements AutoCloseable {

  private final byte[] bytes;
  private boolean destroyed;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Copies {@code bytes}; wiping the original is the caller's business. */
  public static Secret copyOf(byte[] bytes) {
    return new Secret(bytes.clone());
  }

  /** Becomes the owner of {@code bytes}, which the caller must not use any more. */
  public static Secret takeOver(byte[] bytes) {
    return new Secret(bytes);
  }

  /** All zeros: the pre-shared key of peers that share no realm. */
  public static Secret zeros(int length) {
    return new Secret(new byte[length]);
  }

  /** Both, one after the other; lives and ends on its own. */
  public static Secret concat(Secret first, Secret second) {
    byte[] both = Arrays.copyOf(first.alive(), first.length() + second.length());
    System.arraycopy(second.alive(), 0, both, first.length(), second.length());
    return new Secret(both);
  }

  /** Octets. */
  public int length() {
    return bytes.length;
  }

  /** A copy that lives and ends on its own. */
  public Secret copy() {
    return copyOf(alive());
  }

  /** A fresh copy, for storing it; the caller wipes it. */
  public byte[] toByteArray() {
    return alive().clone();
  }

  public boolean isDestroyed() {
    return destroyed;
  }

  /** Wipes the octets; every later use but this one throws {@link IllegalStateException}. */
  @Override
  public void close() {
    destroyed = true;
    Arrays.fill(bytes, (byte) 0);
  }

  /** The octets themselves, not a copy: stays within this package. */
  byte[] alive() {
    if (destroyed) {
      throw new IllegalStateException(
          "this secret of " + bytes.length + " octets has been destroyed");
    }
    return bytes;
  }

  /** A copy of the octets from {@code from} up to, not including, {@code to}. */
  public Secret slice(int from, int to) {
    return new Secret(Arrays.copyOfRange(alive(), from, to));
  }

  /** For the JDK's providers, which wipe what they get from {@link Key#getEncoded}. */
  SecretKey asKey(String algorithm) {
    return new ProviderKey(this, algorithm);
  }

  @Override
  public String toString() {
    return "Secret";
  }

  /** Unlike {@code SecretKeySpec} it keeps no copy of its own that could outlive the secret. */
  private static final class ProviderKey implements SecretKey {

    private static final long serialVersionUID = 1;

    private final transient Secret secret;
    private final String algorithm;

    ProviderKey(Secret secret, String algorithm) {
      this.secret = secret;
      this.algorithm = algorithm;
    }

    @Override
    public String getAlgorithm() {
      return algorithm;
    }

    @Override
    public String getFormat() {
      return "RAW";
    }

    @Override
    public byte[] getEncoded() {
      return secret.toByteArray();
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
      throw new NotSerializableException("secrets are not serialised");
    }
  }
}
