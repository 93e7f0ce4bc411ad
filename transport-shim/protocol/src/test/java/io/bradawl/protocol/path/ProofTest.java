package io.bradawl.protocol.path;

import static io.bradawl.protocol.path.PathSessions.ID;
import static io.bradawl.protocol.path.PathSessions.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.path.ProvenMessage.Kind;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.stun.TransactionId;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ProofTest {

  private static final TransactionId TRANSACTION = new TransactionId(7, 8);

  private static final int FINGERPRINT_LENGTH = 8;

  private final Proof offerer = new Proof(ID, Role.OFFERER, KEY);
  private final Proof answerer = new Proof(ID, Role.ANSWERER, KEY);

  @Test
  void theOtherSideUnderstandsEachKind() {
    ProvenMessage request = verified(answerer, offerer.request(TRANSACTION, true));
    assertThat(request.kind()).isEqualTo(Kind.REQUEST);
    assertThat(request.transaction()).isEqualTo(TRANSACTION);
    assertThat(request.nominates()).isTrue();

    Octets answer = answerer.response(TRANSACTION, PathSessions.address("80.1.0.2", 9));
    assertThat(verified(offerer, answer).kind()).isEqualTo(Kind.RESPONSE);

    ProvenMessage indication = verified(offerer, answerer.indication(TRANSACTION, false));
    assertThat(indication.kind()).isEqualTo(Kind.INDICATION);
    assertThat(indication.nominates()).isFalse();
  }

  @Test
  void whatATcpConnectionBeginsWithIsAlwaysAsLong() {
    assertThat(offerer.indication(TRANSACTION, false).length()).isEqualTo(Proof.FIRST_LENGTH);
    assertThat(answerer.indication(TRANSACTION, false).length()).isEqualTo(Proof.FIRST_LENGTH);
  }

  @Test
  void onesOwnProofSentBackProvesNothing() {
    Octets request = offerer.request(TRANSACTION, false);
    assertThat(offerer.verify(request.asByteBuffer())).isNull();
    assertThat(offerer.isOwn(request.asByteBuffer())).isTrue();
    assertThat(answerer.isOwn(request.asByteBuffer())).isFalse();
  }

  @Test
  void anotherKeyOrSessionProvesNothing() {
    ProofKeys otherKey = ProofKeys.of(PathSessions.nonce(2), PathSessions.nonce(1));
    Octets wrongKey = new Proof(ID, Role.ANSWERER, otherKey).indication(TRANSACTION, false);
    assertThat(offerer.verify(wrongKey.asByteBuffer())).isNull();

    SessionId otherId = new SessionId(1, 2);
    Octets wrongSession = new Proof(otherId, Role.ANSWERER, KEY).indication(TRANSACTION, false);
    assertThat(offerer.verify(wrongSession.asByteBuffer())).isNull();
  }

  @Test
  void noChangedOctetAndNoCutGoesUnnoticed() {
    byte[] message = answerer.request(TRANSACTION, false).toByteArray();
    // What follows the integrity attribute is a checksum against accidents, and counts for nothing.
    for (int i = 0; i < message.length - FINGERPRINT_LENGTH; i++) {
      byte[] changed = message.clone();
      changed[i] ^= 1;
      assertThat(offerer.verify(ByteBuffer.wrap(changed))).as("octet %d", i).isNull();
      assertThat(offerer.verify(ByteBuffer.wrap(message, 0, i))).as("%d octets", i).isNull();
    }
  }

  @Test
  void theClaimedSessionIsReadWithoutAnyKey() {
    ByteBuffer message = answerer.request(TRANSACTION, false).asByteBuffer();
    assertThat(Proof.sessionOf(message)).isEqualTo(ID);
    assertThat(message.position()).isZero();
    assertThat(Proof.sessionOf(ByteBuffer.wrap(new byte[20]))).isNull();
    assertThat(Proof.sessionOf(ByteBuffer.allocate(0))).isNull();
  }

  @Test
  void messagesAreShort() {
    assertThat(offerer.request(TRANSACTION, true).length()).isLessThanOrEqualTo(108);
  }

  private static ProvenMessage verified(Proof by, Octets message) {
    ProvenMessage proven = by.verify(message.asByteBuffer());
    if (proven == null) {
      throw new AssertionError("not proven: " + message);
    }
    return proven;
  }
}
