package io.bradawl.protocol.stun.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.stun.IntegrityKey;
import io.bradawl.protocol.stun.PasswordAlgorithm;
import io.bradawl.protocol.stun.UserHash;
import io.bradawl.protocol.stun.Username;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A user name and its password (RFC 8489 section 9.2). Does not show the password. */
public final class LongTermCredential {

  private final Username username;
  private final String password;

  /**
   * @param username at most {@value Username#MAX_OCTETS} octets
   * @throws IllegalArgumentException if it is longer, or one of both is empty
   */
  public LongTermCredential(String username, String password) {
    if (username.isEmpty() || password.isEmpty()) {
      throw new IllegalArgumentException("user name and password need at least one character");
    }
    this.username = new Username(OpaqueString.prepare(username));
    this.password = OpaqueString.prepare(password);
  }

  public Username username() {
    return username;
  }

  /** Whether name and password are the same. */
  public boolean isSameAs(LongTermCredential other) {
    return username.equals(other.username) && password.equals(other.password);
  }

  /**
   * The key that client and server prove their messages with (RFC 8489 sections 18.5.1.1 and
   * 18.5.1.2).
   *
   * @throws IllegalArgumentException if the algorithm is none that the RFC defines
   */
  public IntegrityKey key(String realm, PasswordAlgorithm algorithm) {
    return IntegrityKey.of(
        digest(
            name(algorithm), username.name() + ":" + OpaqueString.prepare(realm) + ":" + password));
  }

  /** Stands for the user name where that shall not be read on the way (section 14.4). */
  public UserHash hash(String realm) {
    return new UserHash(digest("SHA-256", username.name() + ":" + OpaqueString.prepare(realm)));
  }

  private static String name(PasswordAlgorithm algorithm) {
    if (algorithm.equals(PasswordAlgorithm.MD5)) {
      return "MD5";
    }
    if (algorithm.equals(PasswordAlgorithm.SHA_256)) {
      return "SHA-256";
    }
    throw new IllegalArgumentException(
        "password algorithm " + algorithm.number() + " is neither MD5 (1) nor SHA-256 (2)");
  }

  private static Octets digest(String algorithm, String text) {
    try {
      return Octets.of(MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(algorithm + " is part of every Java platform", e);
    }
  }

  @Override
  public String toString() {
    return "LongTermCredential[" + username.name() + "]";
  }
}
