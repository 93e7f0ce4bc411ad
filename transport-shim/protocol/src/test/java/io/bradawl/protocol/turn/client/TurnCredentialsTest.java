package io.bradawl.protocol.turn.client;

import static io.bradawl.protocol.turn.client.TurnWorld.KNOWN;
import static io.bradawl.protocol.turn.client.TurnWorld.PEER;
import static io.bradawl.protocol.turn.client.TurnWorld.UDP;
import static io.bradawl.protocol.turn.client.TurnWorld.allocated;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.IntegrityKey;
import io.bradawl.protocol.stun.MessageIntegrity;
import io.bradawl.protocol.stun.MessageIntegritySha256;
import io.bradawl.protocol.stun.Nonce;
import io.bradawl.protocol.stun.StunMethod;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a client proves who it is, and sees that the server knows it. */
class TurnCredentialsTest {

  private static final TurnAccount STRANGER = TurnAccount.of(TurnWorld.USER, TurnWorld.PASSWORD);

  @Test
  void aStrangerShowsItsCredentialWhenAsked() {
    TurnWorld world = new TurnWorld(UDP, STRANGER);
    world.tell(new TurnInput.Start());

    assertThat(world.sent).hasSize(2);
    assertThat(world.sent.get(0).has(MessageIntegrity.class)).isFalse();
    assertThat(world.sent.get(1).has(MessageIntegrity.class)).isTrue();
    assertThat(world.client.isAllocated()).isTrue();
  }

  @Test
  void sha256IsChosenWhereItIsOffered() {
    TurnWorld world = new TurnWorld(UDP, STRANGER);
    world.server.offerSha256();
    world.tell(new TurnInput.Start());

    assertThat(world.sent.get(1).has(MessageIntegritySha256.class)).isTrue();
    assertThat(world.sent.get(1).has(MessageIntegrity.class)).isFalse();
    assertThat(world.client.isAllocated()).isTrue();
  }

  @Test
  void aStaleNonceIsReplaced() {
    TurnWorld world = allocated();
    world.server.nonce = "second";
    world.tell(new TurnInput.Bind(PEER));

    assertThat(world.sent(StunMethod.CHANNEL_BIND))
        .extracting(message -> message.first(Nonce.class))
        .containsExactly(new Nonce("first"), new Nonce("second"));
    assertThat(world.told(TurnOutput.Bound.class)).hasSize(1);
  }

  @Test
  void aNonceThatIsAlwaysStaleEndsTheAttempt() {
    TurnWorld world = new TurnWorld(UDP, KNOWN);
    world.server.errors.put(StunMethod.ALLOCATE, ErrorCode.STALE_NONCE);
    world.tell(new TurnInput.Start());

    assertThat(world.sent).hasSizeLessThan(6);
    assertThat(world.client.isOver()).isTrue();
  }

  @Test
  void aWrongPasswordFailsAndSaysSo() {
    TurnWorld world = new TurnWorld(UDP, STRANGER);
    world.server.password = "another";
    world.tell(new TurnInput.Start());

    assertThat(world.told(TurnOutput.Failed.class))
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.error().code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
              assertThat(failed.error().text()).contains("password").doesNotContain("secret");
            });
    assertThat(world.sent).hasSize(2);
  }

  @Test
  void anAnswerThatIsNotProvenIsNone() {
    TurnWorld world = new TurnWorld(UDP, KNOWN);
    world.server.forges = true;
    world.tell(new TurnInput.Start());
    assertThat(world.told).isEmpty();

    world.server.forges = false;
    world.server.allocated = false;
    world.pass(Duration.ofSeconds(1));
    assertThat(world.client.isAllocated()).isTrue();
  }

  @Test
  void accountsDoNotShowTheirPasswords() {
    assertThat(KNOWN.toString()).doesNotContain(TurnWorld.PASSWORD).contains(TurnWorld.USER);
    assertThat(IntegrityKey.ofPassword("x").toString()).doesNotContain("x]");
  }
}
