package io.bradawl.protocol.realm;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.crypto.X25519KeyPair;

/**
 * What a rendezvous says first on a connection on which somebody wants to register.
 *
 * @param nonce 32 octets, random, for this connection only
 * @param ephemeral 32 octets, an X25519 public key for this connection only
 */
public record AccessChallenge(Octets nonce, Octets ephemeral) {

  /** Octets in {@link #nonce}. */
  public static final int NONCE_LENGTH = 32;

  public AccessChallenge {
    if (nonce.length() != NONCE_LENGTH || ephemeral.length() != X25519KeyPair.LENGTH) {
      throw new IllegalArgumentException(
          "a challenge is a nonce of 32 and a key of 32 octets, not of "
              + nonce.length()
              + " and "
              + ephemeral.length());
    }
  }
}
