package io.bradawl.protocol.realm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.crypto.Hkdf;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.crypto.X25519KeyPair;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerName;
import java.security.InvalidKeyException;
import java.security.MessageDigest;

/**
 * A member's view of its realm: the keys that follow from the realm secret (HKDF, different info
 * for each), and what they are for. The secret itself is not kept.
 */
public final class Realm implements AutoCloseable {

  private static final byte[] SALT = "bradawl realm".getBytes(US_ASCII);
  private static final byte[] NAME_LABEL = "bradawl name".getBytes(US_ASCII);

  private final X25519KeyPair access;
  private final Secret handshakePsk;
  private final Secret nameKey;

  private Realm(X25519KeyPair access, Secret handshakePsk, Secret nameKey) {
    this.access = access;
    this.handshakePsk = handshakePsk;
    this.nameKey = nameKey;
  }

  /**
   * Derives all keys and wipes {@code secret}; see {@link RealmSecret} for what makes a good one.
   */
  public static Realm of(Secret secret) {
    try (secret;
        Secret root = Hkdf.extract(SALT, secret);
        Secret realmKey = Hkdf.expand(root, "bradawl realm key", Hkdf.HASH_LENGTH)) {
      return new Realm(
          X25519KeyPair.of(Hkdf.expand(root, "bradawl access key", X25519KeyPair.LENGTH)),
          Hkdf.expand(realmKey, "bradawl handshake", Hkdf.HASH_LENGTH),
          Hkdf.expand(realmKey, "bradawl names", Hkdf.HASH_LENGTH));
    }
  }

  /** What the rendezvous may know of the realm. */
  public AccessKey accessKey() {
    return new AccessKey(access.publicKey());
  }

  /** The pre-shared key of handshakes between members. Lent: not to be closed. */
  public Secret handshakePsk() {
    return handshakePsk;
  }

  /** Binds a name to a peer id, for all members to verify. */
  public NameClaim claim(PeerName name, PeerId id) {
    return new NameClaim(name, id, Octets.of(mac(name, id)));
  }

  /**
   * Whether a member of this realm made the claim; anything else, a rendezvous may have made up.
   */
  public boolean verifies(NameClaim claim) {
    return MessageDigest.isEqual(mac(claim.name(), claim.id()), claim.mac().toByteArray());
  }

  /** The id has a fixed length and comes first, so name and id cannot be divided differently. */
  private byte[] mac(PeerName name, PeerId id) {
    return Hkdf.hmac(nameKey, NAME_LABEL, id.key().toByteArray(), name.label().getBytes(US_ASCII));
  }

  /** What the holder of {@code other} and the members of the realm can compute. */
  Secret agree(Octets other) throws InvalidKeyException {
    return access.agree(other);
  }

  @Override
  public void close() {
    access.close();
    handshakePsk.close();
    nameKey.close();
  }

  /** The access key, which is no secret. */
  @Override
  public String toString() {
    return "Realm[" + accessKey() + "]";
  }
}
