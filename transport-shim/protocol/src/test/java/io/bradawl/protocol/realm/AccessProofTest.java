package io.bradawl.protocol.realm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.crypto.X25519KeyPair;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A peer before a rendezvous, and everybody who is not that peer. */
class AccessProofTest {

  private static final Octets PLAIN = Octets.of();

  private final Random random = new Random(7);
  private final X25519KeyPair alice = keyPair();
  private final X25519KeyPair mallory = keyPair();
  private final Realm realm = Realm.of(Secret.takeOver(octets().toByteArray()));
  private final Realm otherRealm = Realm.of(Secret.takeOver(octets().toByteArray()));
  private final AccessRequest request = request(alice, realm, PLAIN);

  @Test
  void thePeerIsAdmittedWithAndWithoutARealm() throws AccessException {
    AccessVerifier verifier = verifier();
    assertThat(
            verifier.verify(request, AccessProof.of(verifier.challenge(), request, alice, realm)))
        .isTrue();
    AccessRequest alone = request(alice, null, PLAIN);
    AccessVerifier second = verifier();
    assertThat(second.verify(alone, AccessProof.of(second.challenge(), alone, alice, null)))
        .isTrue();
  }

  @Test
  void idSquattingFails() throws AccessException {
    AccessVerifier verifier = verifier();
    AccessRequest hers = request(mallory, realm, PLAIN);
    Octets proof = AccessProof.of(verifier.challenge(), hers, mallory, realm);
    assertThat(verifier.verify(request, proof)).isFalse();
  }

  @Test
  void aRealmCannotBeEnteredWithoutItsSecret() throws AccessException {
    AccessVerifier verifier = verifier();
    AccessRequest own = request(mallory, otherRealm, PLAIN);
    Octets proof = AccessProof.of(verifier.challenge(), own, mallory, otherRealm);
    assertThat(verifier.verify(request(mallory, realm, PLAIN), proof)).isFalse();
    AccessVerifier second = verifier();
    AccessRequest none = request(mallory, null, PLAIN);
    Octets without = AccessProof.of(second.challenge(), none, mallory, null);
    assertThat(second.verify(request(mallory, realm, PLAIN), without)).isFalse();
  }

  @Test
  void aProofServesOnceAndOnItsConnectionOnly() throws AccessException {
    AccessVerifier verifier = verifier();
    Octets proof = AccessProof.of(verifier.challenge(), request, alice, realm);
    assertThat(verifier().verify(request, proof)).as("another connection").isFalse();
    assertThat(verifier.verify(request, proof)).isTrue();
    assertThatThrownBy(() -> verifier.verify(request, proof))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aProofIsBoundToInstanceRealmAndChannel() throws AccessException {
    Octets certificate = octets();
    AccessRequest overTls = request(alice, realm, certificate);
    PeerInstance again = new PeerInstance(request.self().id(), 43);
    for (AccessRequest other :
        new AccessRequest[] {
          request,
          request(alice, realm, octets()),
          request(alice, null, certificate),
          request(alice, otherRealm, certificate),
          new AccessRequest(again, realm.accessKey(), certificate)
        }) {
      AccessVerifier verifier = verifier();
      Octets proof = AccessProof.of(verifier.challenge(), overTls, alice, realm);
      assertThat(verifier.verify(other, proof)).isFalse();
    }
  }

  @Test
  void theNonceAloneMakesAnotherProof() throws AccessException {
    byte[] key = octets().toByteArray();
    AccessVerifier one = new AccessVerifier(octets(), X25519KeyPair.of(Secret.copyOf(key)));
    AccessVerifier two = new AccessVerifier(octets(), X25519KeyPair.of(Secret.copyOf(key)));
    assertThat(two.verify(request, AccessProof.of(one.challenge(), request, alice, realm)))
        .isFalse();
  }

  @Test
  void everyFlippedBitAndEveryOtherLengthIsDetected() throws AccessException {
    byte[] key = octets().toByteArray();
    Octets nonce = octets();
    AccessVerifier verifier = new AccessVerifier(nonce, X25519KeyPair.of(Secret.copyOf(key)));
    byte[] proof = AccessProof.of(verifier.challenge(), request, alice, realm).toByteArray();
    for (int bit = 0; bit < proof.length * 8; bit++) {
      byte[] flipped = proof.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      AccessVerifier same = new AccessVerifier(nonce, X25519KeyPair.of(Secret.copyOf(key)));
      assertThat(same.verify(request, Octets.of(flipped))).isFalse();
    }
    for (int length : new int[] {0, 1, 31, 33, 1000}) {
      AccessVerifier same = new AccessVerifier(nonce, X25519KeyPair.of(Secret.copyOf(key)));
      assertThat(same.verify(request, Octets.of(Arrays.copyOf(proof, length)))).isFalse();
    }
  }

  @Test
  void anIdOrRealmThatNobodyCanHoldIsNotAdmitted() throws AccessException {
    Octets zeros = Octets.of(new byte[32]);
    AccessVerifier verifier = verifier();
    Octets proof = AccessProof.of(verifier.challenge(), request, alice, realm);
    AccessRequest nobody = new AccessRequest(new PeerInstance(new PeerId(zeros), 42), null, PLAIN);
    assertThat(verifier.verify(nobody, proof)).isFalse();
    AccessRequest nowhere = new AccessRequest(request.self(), new AccessKey(zeros), PLAIN);
    assertThat(verifier().verify(nowhere, proof)).isFalse();
  }

  @Test
  void aFalseRendezvousGetsNoProofForAKeyOfSmallOrder() {
    AccessChallenge trap = new AccessChallenge(octets(), Octets.of(new byte[32]));
    assertThatThrownBy(() -> AccessProof.of(trap, request, alice, realm))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("small order");
  }

  @Test
  void aPeerDoesNotProveWhatItIsNot() {
    AccessChallenge challenge = verifier().challenge();
    assertThatThrownBy(() -> AccessProof.of(challenge, request, mallory, realm))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AccessProof.of(challenge, request, alice, otherRealm))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private AccessVerifier verifier() {
    return new AccessVerifier(octets(), keyPair());
  }

  private static AccessRequest request(X25519KeyPair peer, @Nullable Realm realm, Octets channel) {
    PeerInstance self = new PeerInstance(new PeerId(peer.publicKey()), 42);
    return new AccessRequest(self, realm == null ? null : realm.accessKey(), channel);
  }

  private X25519KeyPair keyPair() {
    return X25519KeyPair.of(Secret.takeOver(octets().toByteArray()));
  }

  private Octets octets() {
    byte[] octets = new byte[32];
    random.nextBytes(octets);
    return Octets.of(octets);
  }
}
