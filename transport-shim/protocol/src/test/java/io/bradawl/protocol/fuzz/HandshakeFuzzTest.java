package io.bradawl.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
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
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.signal.SessionId;
import java.util.Arrays;

/** Offers and answers: sealed ones, changed on the way, and made up; only unchanged ones open. */
class HandshakeFuzzTest {

  /** X25519 of the JDK makes large numbers. */
  private static final Bound BOUND = new Bound(1 << 20, 256);

  private static final X25519KeyPair ALICE = keys(1);
  private static final X25519KeyPair BOB = keys(2);
  private static final Secret REALM = Secret.takeOver(octets(3));
  private static final SessionContext CONTEXT =
      new SessionContext(
          new SessionId(1, 2),
          new Service(Transport.UDP, 5683),
          new PeerId(ALICE.publicKey()),
          new PeerId(BOB.publicKey()));

  @FuzzTest
  void fuzz(byte[] input) throws Exception {
    BOUND.hold(input, HandshakeFuzzTest::run);
  }

  private static void run(FuzzedDataProvider data) throws NoiseException {
    Octets payload = Octets.of(data.consumeBytes(data.consumeInt(0, 60)));
    Secret psk = data.consumeBoolean() ? REALM : null;
    try (Offering offering = Offering.seal(CONTEXT, ALICE, keys(4), psk, payload)) {
      Octets offer = Mutation.of(offering.message(), data);
      try (Answering answering = Answering.open(CONTEXT, BOB, keys(5), REALM, offer)) {
        assertThat(offer).as("what opens").isEqualTo(offering.message());
        assertThat(answering.payload()).isEqualTo(payload);
        answer(offering, answering.seal(payload), data);
      } catch (NoiseException expected) {
        assertThat(offer).as("what is refused").isNotEqualTo(offering.message());
      }
    }
  }

  private static void answer(Offering offering, Agreement genuine, FuzzedDataProvider data) {
    Octets answer = Mutation.of(genuine.octets(), data);
    try {
      Agreement agreement = offering.accept(answer);
      assertThat(answer).as("what opens").isEqualTo(genuine.octets());
      assertThat(agreement.keys().handshakeHash()).isEqualTo(genuine.keys().handshakeHash());
    } catch (NoiseException expected) {
      assertThat(answer).as("what is refused").isNotEqualTo(genuine.octets());
    }
  }

  private static X25519KeyPair keys(int seed) {
    return X25519KeyPair.of(Secret.takeOver(octets(seed)));
  }

  private static byte[] octets(int seed) {
    byte[] octets = new byte[32];
    Arrays.fill(octets, (byte) seed);
    return octets;
  }
}
