package io.bradawl.protocol.signal;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.crypto.X25519KeyPair;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.realm.AccessChallenge;
import io.bradawl.protocol.realm.AccessException;
import io.bradawl.protocol.realm.AccessProof;
import io.bradawl.protocol.realm.AccessRequest;
import io.bradawl.protocol.realm.NameClaim;
import io.bradawl.protocol.realm.Realm;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who registers: what a peer states of itself to the rendezvous and to other peers, and proves.
 *
 * @param keys behind the peer id; lent
 * @param realm of which the peer is a member, lent; {@code null} for none
 * @param name that the peer claims in its realm, or {@code null}
 */
public record Registrant(
    PeerInstance self, X25519KeyPair keys, @Nullable Realm realm, @Nullable PeerName name) {

  /** Plain TCP has nothing that a go-between could not imitate. */
  private static final Octets NO_CHANNEL = Octets.of();

  public Registrant {
    if (!self.id().key().equals(keys.publicKey())) {
      throw new IllegalArgumentException("the key pair is not that of " + self);
    }
    if (name != null && realm == null) {
      throw new IllegalArgumentException(
          "the name " + name + " needs a realm to be claimed in; set bradawl.secret.file");
    }
  }

  /** The name as other members can verify it, or {@code null}. */
  public @Nullable NameClaim claim() {
    return realm == null || name == null ? null : realm.claim(name, self.id());
  }

  /** What is stated; the rendezvous answers it by a challenge until the connection is proven. */
  public Signal.Register register(Set<Service> services) {
    return new Signal.Register(self, realm == null ? null : realm.accessKey(), claim(), services);
  }

  /** The answer to a challenge. */
  public Octets prove(Signal.Register statement, AccessChallenge challenge) throws AccessException {
    AccessRequest request = new AccessRequest(self, statement.realm(), NO_CHANNEL);
    return AccessProof.of(challenge, request, keys, realm);
  }
}
