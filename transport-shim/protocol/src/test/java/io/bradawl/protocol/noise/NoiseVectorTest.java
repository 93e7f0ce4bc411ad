package io.bradawl.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.crypto.X25519KeyPair;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Other implementations' handshakes, octet for octet, from both sides. */
class NoiseVectorTest {

  static Stream<NoiseVectors> vectors() throws IOException {
    List<NoiseVectors> vectors = NoiseVectors.load("dissononce.json");
    assertThat(vectors).hasSize(2);
    return vectors.stream();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void handshakeHashAndTransportMessagesAreThoseOfTheVector(NoiseVectors vector)
      throws NoiseException {
    List<NoiseVectors.Message> messages = vector.messages();
    HandshakeState initiator =
        HandshakeState.initiator(
            vector.octets("init_prologue"),
            key(vector, "init_static"),
            key(vector, "init_ephemeral"),
            Octets.of(vector.octets("init_remote_static")),
            Secret.takeOver(vector.octets("init_psks")));
    HandshakeState responder =
        HandshakeState.responder(
            vector.octets("resp_prologue"),
            key(vector, "resp_static"),
            key(vector, "resp_ephemeral"),
            Secret.takeOver(vector.octets("resp_psks")));

    handshake(initiator, responder, messages.get(0));
    handshake(responder, initiator, messages.get(1));

    assertThat(responder.remoteStatic()).isEqualTo(key(vector, "init_static").publicKey());
    assertThat(initiator.handshakeHash().toByteArray()).isEqualTo(vector.octets("handshake_hash"));
    assertThat(responder.handshakeHash()).isEqualTo(initiator.handshakeHash());
    transport(initiator.split(), responder.split(), messages.subList(2, messages.size()));
  }

  private static void handshake(
      HandshakeState from, HandshakeState to, NoiseVectors.Message message) throws NoiseException {
    assertThat(from.writeMessage(message.payload().toByteArray()))
        .isEqualTo(message.ciphertext().toByteArray());
    assertThat(to.readMessage(message.ciphertext().toByteArray()))
        .isEqualTo(message.payload().toByteArray());
  }

  private static void transport(
      Secret[] initiator, Secret[] responder, List<NoiseVectors.Message> messages) {
    assertThat(messages).isNotEmpty();
    CipherState[] seal = {new CipherState(initiator[0]), new CipherState(responder[1])};
    CipherState[] open = {new CipherState(responder[0]), new CipherState(initiator[1])};
    for (int i = 0; i < messages.size(); i++) {
      NoiseVectors.Message message = messages.get(i);
      int length = message.payload().length();
      byte[] buffer = Arrays.copyOf(message.payload().toByteArray(), length + CipherState.OVERHEAD);
      seal[i % 2].encrypt(buffer, 0, length);
      assertThat(Octets.of(buffer)).isEqualTo(message.ciphertext());
      byte[] plaintext = new byte[length];
      assertThat(open[i % 2].decrypt(buffer, 0, buffer.length, plaintext, 0)).isTrue();
      assertThat(Octets.of(plaintext)).isEqualTo(message.payload());
    }
  }

  private static X25519KeyPair key(NoiseVectors vector, String field) {
    return X25519KeyPair.of(Secret.takeOver(vector.octets(field)));
  }
}
