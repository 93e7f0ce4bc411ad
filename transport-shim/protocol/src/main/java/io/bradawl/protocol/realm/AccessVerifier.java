package io.bradawl.protocol.realm;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.crypto.X25519KeyPair;
import java.security.InvalidKeyException;
import java.security.MessageDigest;

/**
 * The rendezvous' side of an {@link AccessProof}, for one connection and one attempt: whatever
 * comes of it, a further one needs a new challenge. Whether the realm is welcome is decided before,
 * since verifying costs two X25519 operations.
 */
public final class AccessVerifier implements AutoCloseable {

  private final AccessChallenge challenge;
  private final X25519KeyPair ephemeral;

  /**
   * Takes over {@code ephemeral}.
   *
   * @param nonce 32 fresh random octets
   * @param ephemeral made from fresh random octets
   */
  public AccessVerifier(Octets nonce, X25519KeyPair ephemeral) {
    this.challenge = new AccessChallenge(nonce, ephemeral.publicKey());
    this.ephemeral = ephemeral;
  }

  /** What to send to the peer. */
  public AccessChallenge challenge() {
    return challenge;
  }

  /**
   * Whether the peer has proven all that it states; once.
   *
   * @param proof as it came, of any length
   */
  public boolean verify(AccessRequest request, Octets proof) {
    AccessKey realm = request.realm();
    try (ephemeral;
        Secret ofPeer = ephemeral.agree(request.self().id().key());
        Secret ofRealm = realm == null ? Secret.zeros(0) : ephemeral.agree(realm.publicKey())) {
      return MessageDigest.isEqual(
          AccessProof.mac(challenge, request, ofPeer, ofRealm), proof.toByteArray());
    } catch (InvalidKeyException e) {
      return false;
    }
  }

  @Override
  public void close() {
    ephemeral.close();
  }
}
