package io.bradawl.protocol.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.crypto.X25519KeyPair;
import io.bradawl.protocol.noise.Agreement;
import io.bradawl.protocol.noise.Answering;
import io.bradawl.protocol.noise.NoiseException;
import io.bradawl.protocol.noise.Offering;
import io.bradawl.protocol.noise.SessionContext;
import io.bradawl.protocol.noise.SessionKeys;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.realm.Realm;
import io.bradawl.protocol.signal.SessionId;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * From realm secret and identities over offer and answer to sealed data, as the runtime puts it
 * together.
 */
class SessionSealTest {

  private final Random random = new Random(11);
  private final byte[] buffer = new byte[200];
  private final byte[] into = new byte[200];
  private SessionKeys offerer;
  private SessionKeys answerer;

  @BeforeEach
  void agree() throws NoiseException {
    X25519KeyPair alice = keyPair();
    X25519KeyPair bob = keyPair();
    byte[] secret = octets();
    Secret hers = Realm.of(Secret.copyOf(secret)).handshakePsk();
    Secret his = Realm.of(Secret.copyOf(secret)).handshakePsk();
    SessionContext context =
        new SessionContext(
            new SessionId(random.nextLong(), random.nextLong()),
            new Service(Transport.UDP, 5683),
            new PeerId(alice.publicKey()),
            new PeerId(bob.publicKey()));
    Offering offering = Offering.seal(context, alice, keyPair(), hers, Octets.of());
    Agreement answered =
        Answering.open(context, bob, keyPair(), his, offering.message()).seal(Octets.of());
    answerer = answered.keys();
    offerer = offering.accept(answered.octets()).keys();
  }

  @Test
  void datagramsGoBothWaysAndNoneComesBack() {
    DatagramSealer sealer = new DatagramSealer(offerer.sending().datagrams());
    DatagramOpener own = new DatagramOpener(offerer.receiving().datagrams());
    DatagramSealer back = new DatagramSealer(answerer.sending().datagrams());
    DatagramOpener opener = new DatagramOpener(answerer.receiving().datagrams());

    int length = sealer.seal(buffer, 0, 100);
    assertThat(own.open(buffer, 0, length)).as("reflected").isEqualTo(DatagramOpener.REJECTED);
    assertThat(opener.open(buffer, 0, length)).isEqualTo(100);
    assertThat(own.open(buffer, 0, back.seal(buffer, 0, 50))).isEqualTo(50);
  }

  @Test
  void recordsGoBothWaysAndNoneComesBack() throws SealException {
    StreamSealer sealer = new StreamSealer(offerer.sending().stream());
    StreamOpener own = new StreamOpener(offerer.receiving().stream());
    StreamSealer back = new StreamSealer(answerer.sending().stream());
    StreamOpener opener = new StreamOpener(answerer.receiving().stream());

    int length = sealer.seal(buffer, 0, 100);
    assertThat(opener.open(buffer, 0, length, into, 0)).isEqualTo(100);
    assertThatThrownBy(() -> own.open(buffer, 0, length, into, 0))
        .as("reflected")
        .isInstanceOf(SealException.class);
    StreamOpener fresh = new StreamOpener(keyOfFreshSession());
    int answer = back.seal(buffer, 0, 50);
    assertThatThrownBy(() -> fresh.open(buffer, 0, answer, into, 0))
        .isInstanceOf(SealException.class);
  }

  private Secret keyOfFreshSession() {
    return Secret.takeOver(octets());
  }

  private X25519KeyPair keyPair() {
    return X25519KeyPair.of(Secret.takeOver(octets()));
  }

  private byte[] octets() {
    byte[] octets = new byte[32];
    random.nextBytes(octets);
    return octets;
  }
}
