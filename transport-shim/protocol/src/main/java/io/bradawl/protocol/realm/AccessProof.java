package io.bradawl.protocol.realm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.crypto.Hkdf;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.crypto.X25519KeyPair;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Shows a rendezvous that a peer holds the private key of its id and, if it names a realm, the
 * realm's secret:
 *
 * <pre>
 *   key   = HKDF(salt = nonce, DH(peer, ephemeral) || DH(access, ephemeral), "bradawl access")
 *   proof = HMAC-SHA256(key, label || ephemeral || peer id || instance || access key || channel)
 * </pre>
 *
 * <p>Why so: nonce and ephemeral key are new for every connection, so no proof can be used twice.
 * Only peers make proofs and only rendezvous verify them, so there is nothing to reflect. What a
 * false rendezvous gets for an ephemeral key of its choice is an HMAC under a hash with labels of
 * its own, which serves neither in a handshake nor elsewhere. Both shared secrets go into one key,
 * so nothing tells which one was wrong. The rendezvous needs no secret of the realm, and so cannot
 * lose or use one. A rendezvous that passes on the challenge of another one registers the peer
 * there; over TLS the channel binding prevents it, over plain TCP it gains no more than whoever
 * sits on the wire has anyway.
 */
public final class AccessProof {

  /** Octets in a proof. */
  public static final int LENGTH = Hkdf.HASH_LENGTH;

  private static final byte[] LABEL = "bradawl access".getBytes(US_ASCII);
  private static final byte[] NO_REALM = new byte[X25519KeyPair.LENGTH];

  private AccessProof() {}

  /**
   * The peer's answer to a challenge.
   *
   * @param identity the key pair of {@code request.self()}
   * @param realm of {@code request.realm()}, {@code null} if that is null
   * @throws AccessException if the ephemeral key is none that an honest rendezvous sends
   */
  public static Octets of(
      AccessChallenge challenge,
      AccessRequest request,
      X25519KeyPair identity,
      @Nullable Realm realm)
      throws AccessException {
    requireOwn(request, identity, realm);
    try (Secret ofPeer = identity.agree(challenge.ephemeral());
        Secret ofRealm = realm == null ? Secret.zeros(0) : realm.agree(challenge.ephemeral())) {
      return Octets.of(mac(challenge, request, ofPeer, ofRealm));
    } catch (InvalidKeyException e) {
      throw new AccessException("the rendezvous' ephemeral key: " + e.getMessage(), e);
    }
  }

  private static void requireOwn(
      AccessRequest request, X25519KeyPair identity, @Nullable Realm realm) {
    if (!request.self().id().key().equals(identity.publicKey())) {
      throw new IllegalArgumentException(
          "the request is of " + request.self() + ", the key pair is another's");
    }
    AccessKey own = realm == null ? null : realm.accessKey();
    if (own == null ? request.realm() != null : !own.equals(request.realm())) {
      throw new IllegalArgumentException(
          "the request names realm " + request.realm() + ", the peer is of " + own);
    }
  }

  static byte[] mac(
      AccessChallenge challenge, AccessRequest request, Secret ofPeer, Secret ofRealm) {
    try (Secret both = Secret.concat(ofPeer, ofRealm);
        Secret extracted = Hkdf.extract(challenge.nonce().toByteArray(), both);
        Secret key = Hkdf.expand(extracted, "bradawl access", Hkdf.HASH_LENGTH)) {
      return Hkdf.hmac(key, statement(challenge, request));
    }
  }

  /** All fields have fixed lengths but the last. */
  private static byte[] statement(AccessChallenge challenge, AccessRequest request) {
    AccessKey realm = request.realm();
    ByteBuffer statement = ByteBuffer.allocate(512);
    statement.put(LABEL).put(challenge.ephemeral().asByteBuffer());
    statement.put(request.self().id().key().asByteBuffer()).putLong(request.self().instance());
    statement.put((byte) (realm == null ? 0 : 1));
    statement.put(realm == null ? NO_REALM : realm.publicKey().toByteArray());
    statement.put(request.channel().asByteBuffer());
    return Arrays.copyOf(statement.array(), statement.position());
  }
}
