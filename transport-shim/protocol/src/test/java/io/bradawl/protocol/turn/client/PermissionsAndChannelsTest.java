package io.bradawl.protocol.turn.client;

import static io.bradawl.protocol.turn.client.TurnWorld.KNOWN;
import static io.bradawl.protocol.turn.client.TurnWorld.PEER;
import static io.bradawl.protocol.turn.client.TurnWorld.UDP;
import static io.bradawl.protocol.turn.client.TurnWorld.address;
import static io.bradawl.protocol.turn.client.TurnWorld.allocated;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.StunMethod;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a client has of an allocation that it has. */
class PermissionsAndChannelsTest {

  @Test
  void permissionsAreRenewedUntilTheyAreTakenBack() {
    TurnWorld world = allocated();
    world.tell(new TurnInput.Permit(PEER.ip()));
    world.pass(Duration.ofMinutes(13));
    assertThat(world.sent(StunMethod.CREATE_PERMISSION)).hasSize(4);
    assertThat(world.told(TurnOutput.Permitted.class)).hasSize(1);

    world.tell(new TurnInput.Forbid(PEER.ip()));
    world.pass(Duration.ofMinutes(30));
    assertThat(world.sent(StunMethod.CREATE_PERMISSION)).hasSize(4);
  }

  @Test
  void aForbiddenPeerIsReportedAndDoesNotHinderOthers() {
    TurnWorld world = allocated();
    world.server.errors.put(StunMethod.CREATE_PERMISSION, ErrorCode.FORBIDDEN);
    world.tell(new TurnInput.Permit(TurnWorld.ip("10.0.0.2")));
    world.server.errors.clear();
    world.tell(new TurnInput.Permit(PEER.ip()));

    assertThat(world.told(TurnOutput.Forbidden.class))
        .extracting(TurnOutput.Forbidden::peer)
        .containsExactly(TurnWorld.ip("10.0.0.2"));
    assertThat(world.told(TurnOutput.Permitted.class))
        .containsExactly(new TurnOutput.Permitted(PEER.ip()));
  }

  @Test
  void whatIsWantedBeforeTheAllocationWaitsForIt() {
    TurnWorld world = new TurnWorld(UDP, KNOWN);
    world.tell(new TurnInput.Permit(PEER.ip()));
    world.tell(new TurnInput.Bind(PEER));
    assertThat(world.sent).isEmpty();

    world.tell(new TurnInput.Start());
    assertThat(world.told(TurnOutput.Permitted.class)).hasSize(1);
    assertThat(world.told(TurnOutput.Bound.class)).hasSize(1);
  }

  @Test
  void channelsHaveNumbersOfTheirOwnAndAreRenewed() {
    TurnWorld world = allocated();
    world.tell(new TurnInput.Bind(PEER));
    world.tell(new TurnInput.Bind(address("80.2.0.2", 5684)));
    world.tell(new TurnInput.Bind(PEER));
    world.pass(Duration.ofMinutes(9));

    assertThat(world.told(TurnOutput.Binding.class))
        .extracting(TurnOutput.Binding::channel)
        .containsExactly(0x4000, 0x4001);
    assertThat(world.told(TurnOutput.Bound.class)).hasSize(2);
    assertThat(world.sent(StunMethod.CHANNEL_BIND)).hasSize(6);
  }

  /** The server passes on what the peer sends as soon as it has the request. */
  @Test
  void aChannelIsTakenForThePeersBeforeItIsAskedFor() {
    TurnWorld world = allocated();
    world.client.handle(new TurnInput.Bind(PEER), world.now);

    assertThat(world.client.poll()).isEqualTo(new TurnOutput.Binding(PEER, 0x4000));
    assertThat(world.client.poll()).isInstanceOf(TurnOutput.Send.class);
  }

  @Test
  void aChannelNumberRestsBeforeItStandsForAnotherPeer() {
    TurnWorld world = allocated();
    int all = 0x1000;
    for (int i = 0; i < all; i++) {
      world.tell(new TurnInput.Bind(address("80.2.0.2", 1 + i)));
    }
    world.tell(new TurnInput.Unbind(address("80.2.0.2", 1)));
    world.tell(new TurnInput.Bind(PEER));
    assertThat(world.told(TurnOutput.NotBound.class)).hasSize(1);

    world.pass(Duration.ofMinutes(15));
    world.tell(new TurnInput.Bind(PEER));
    assertThat(world.told(TurnOutput.Binding.class).get(all))
        .isEqualTo(new TurnOutput.Binding(PEER, 0x4000));
  }

  @Test
  void aServerThatHasForgottenTheAllocationIsAskedForAllOfItAgain() {
    TurnWorld world = allocated();
    world.tell(new TurnInput.Permit(PEER.ip()));
    world.tell(new TurnInput.Bind(PEER));
    world.server.allocated = false;
    world.pass(Duration.ofMinutes(5));

    assertThat(world.told(TurnOutput.Lost.class)).hasSize(1);
    assertThat(world.told(TurnOutput.Allocated.class))
        .extracting(allocated -> allocated.relayed().get(0).port())
        .containsExactly(50_000, 50_001);
    assertThat(world.told(TurnOutput.Permitted.class)).hasSize(2);
    assertThat(world.told(TurnOutput.Bound.class)).hasSize(2);
  }

  @Test
  void renewalsDoNotDriftOverADay() {
    TurnWorld world = allocated();
    world.tell(new TurnInput.Bind(PEER));
    world.pass(Duration.ofDays(1));

    assertThat(world.told(TurnOutput.Lost.class)).isEmpty();
    assertThat(world.sent(StunMethod.CHANNEL_BIND)).hasSize(361);
    assertThat(LongStream.of(world.client.nextTimeout())).allMatch(next -> next > world.now);
  }
}
