package io.bradawl.protocol.realm;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.crypto.X25519KeyPair;
import java.util.HexFormat;

/**
 * What a rendezvous knows a realm by: an X25519 public key, whose private half every member derives
 * from the realm secret. Whoever steals it, from the list of a rendezvous for instance, can admit
 * nobody with it.
 *
 * @param publicKey 32 octets
 */
public record AccessKey(Octets publicKey) {

  public AccessKey {
    if (publicKey.length() != X25519KeyPair.LENGTH) {
      throw new IllegalArgumentException(
          "an access key has " + X25519KeyPair.LENGTH + " octets, not " + publicKey.length());
    }
  }

  /**
   * Reads the form that {@link #toString} writes.
   *
   * @throws IllegalArgumentException if {@code text} is not of that form
   */
  public static AccessKey parse(String text) {
    try {
      return new AccessKey(Octets.of(HexFormat.of().parseHex(text)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "access key \"" + text + "\" is not " + 2 * X25519KeyPair.LENGTH + " hexadecimal digits",
          e);
    }
  }

  /** Enough of it to tell realms apart in a log. */
  public String shortId() {
    return toString().substring(0, 8);
  }

  /** 64 hexadecimal digits, so that it cannot be taken for a peer id. */
  @Override
  public String toString() {
    return publicKey.toString();
  }
}
