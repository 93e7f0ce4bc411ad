package io.bradawl.protocol.turn.client;

import static io.bradawl.protocol.turn.client.TurnWorld.KNOWN;
import static io.bradawl.protocol.turn.client.TurnWorld.UDP;
import static io.bradawl.protocol.turn.client.TurnWorld.address;
import static io.bradawl.protocol.turn.client.TurnWorld.allocated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.Lifetime;
import io.bradawl.protocol.stun.RequestedAddressFamily;
import io.bradawl.protocol.stun.RequestedTransport;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.turn.client.AllocationRequest.Families;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an allocation comes, is kept and ends. */
class TurnClientTest {

  private static final AllocationRequest UDP_OVER_TCP =
      new AllocationRequest(Transport.UDP, Families.DEFAULT, true);

  @Test
  void oneRoundTripSufficesWhenRealmAndNonceAreKnown() {
    TurnWorld world = allocated();

    assertThat(world.sent).hasSize(1);
    assertThat(world.sent.get(0).first(RequestedTransport.class)).isEqualTo(RequestedTransport.UDP);
    assertThat(world.told)
        .containsExactly(
            new TurnOutput.Allocated(
                ToyTurnServer.MAPPED,
                List.of(address("70.1.0.1", 50_000)),
                Duration.ofSeconds(600)));
  }

  @ParameterizedTest
  @CsvSource({
    "403, forbid",
    "440, IP version",
    "441, another username",
    "442, transport",
    "486, too many allocations",
    "508, full"
  })
  void refusalsNameTheirReason(int code, String word) {
    TurnWorld world = new TurnWorld(UDP, KNOWN);
    world.server.errors.put(StunMethod.ALLOCATE, code);
    world.tell(new TurnInput.Start());

    TurnError error = world.told(TurnOutput.Failed.class).get(0).error();
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.text()).contains(String.valueOf(code)).contains(word);
    assertThat(world.waitsForever()).isTrue();
  }

  @Test
  void overUdpWhatIsNotAnsweredIsSentAgainUntilItIsHopeless() {
    TurnWorld world = new TurnWorld(UDP, KNOWN);
    world.server.silent = true;
    long start = world.now;
    world.tell(new TurnInput.Start());
    world.pass(Duration.ofMinutes(1));

    assertThat(millisSince(world, start))
        .containsExactly(0L, 250L, 750L, 1750L, 3750L, 7750L, 15_750L);
    assertThat(world.sent).allMatch(message -> message.equals(world.sent.get(0)));
    assertThat(world.told(TurnOutput.Failed.class))
        .singleElement()
        .satisfies(failed -> assertThat(failed.error().code()).isEqualTo(TurnError.NO_ANSWER));
  }

  @Test
  void overTcpNothingIsSentTwice() {
    TurnWorld world = new TurnWorld(UDP_OVER_TCP, KNOWN);
    world.server.silent = true;
    world.tell(new TurnInput.Start());
    world.pass(Duration.ofMinutes(1));

    assertThat(world.sent).hasSize(1);
    assertThat(world.told(TurnOutput.Failed.class)).hasSize(1);
  }

  @Test
  void aLostAnswerCostsARepetitionOnly() {
    TurnWorld world = new TurnWorld(UDP, KNOWN);
    world.server.silent = true;
    world.tell(new TurnInput.Start());
    world.server.silent = false;
    world.pass(Duration.ofSeconds(1));

    assertThat(world.sent).hasSize(2);
    assertThat(world.client.isAllocated()).isTrue();
  }

  @Test
  void theAllocationIsRenewedBeforeItExpires() {
    TurnWorld world = allocated();
    world.pass(Duration.ofHours(1));

    List<Long> renewals =
        IntStream.range(1, world.sent.size()).mapToObj(world.sentAt::get).toList();
    assertThat(renewals).hasSize(6);
    assertThat(renewals.get(0) - world.sentAt.get(0)).isEqualTo(Duration.ofMinutes(9).toNanos());
    assertThat(world.sent(StunMethod.REFRESH)).hasSize(6).noneMatch(m -> m.has(Lifetime.class));
  }

  @Test
  void aShortLifetimeIsRenewedAtItsHalf() {
    TurnWorld world = new TurnWorld(UDP, KNOWN);
    world.server.lifetime = 20;
    world.tell(new TurnInput.Start());
    world.pass(Duration.ofSeconds(11));

    assertThat(world.sent(StunMethod.REFRESH)).hasSize(1);
  }

  @Test
  void releasingTellsTheServerAndEndsTheMachine() {
    TurnWorld world = allocated();
    world.tell(new TurnInput.Release());

    assertThat(world.sent(StunMethod.REFRESH).get(0).first(Lifetime.class))
        .isEqualTo(new Lifetime(0));
    assertThat(world.server.allocated).isFalse();
    assertThat(world.client.isOver()).isTrue();
    assertThat(world.waitsForever()).isTrue();
  }

  /** Whoever asks several servers leaves most of them before they have answered. */
  @Test
  void anAllocationThatTheServerHasNotToldOfYetIsReleasedToo() {
    TurnWorld world = new TurnWorld(UDP, KNOWN);
    world.server.silent = true;
    world.tell(new TurnInput.Start());
    assertThat(world.sent(StunMethod.ALLOCATE)).hasSize(1);
    world.tell(new TurnInput.Release());

    assertThat(world.sent(StunMethod.REFRESH).get(0).first(Lifetime.class))
        .isEqualTo(new Lifetime(0));
    assertThat(world.waitsForever()).isTrue();
  }

  @Test
  void aRefreshThatNobodyAnswersEndsIt() {
    TurnWorld world = allocated();
    world.server.silent = true;
    world.pass(Duration.ofMinutes(15));

    assertThat(world.told(TurnOutput.Failed.class)).hasSize(1);
  }

  @Test
  void whatAnEarlierProcessHasLeftAtTheServerIsRemovedFirst() {
    TurnWorld world = new TurnWorld(UDP, KNOWN);
    world.server.allocated = true;
    world.tell(new TurnInput.Start());

    assertThat(world.sent)
        .extracting(StunMessage::method)
        .containsExactly(StunMethod.ALLOCATE, StunMethod.REFRESH, StunMethod.ALLOCATE);
    assertThat(world.client.isAllocated()).isTrue();
  }

  @Test
  void aServerWithoutIpv4IsAskedForIpv6() {
    TurnWorld world = new TurnWorld(UDP, KNOWN);
    world.server.errors.put(StunMethod.ALLOCATE, ErrorCode.ADDRESS_FAMILY_NOT_SUPPORTED);
    world.tell(new TurnInput.Start());

    assertThat(world.sent(StunMethod.ALLOCATE))
        .extracting(request -> request.has(RequestedAddressFamily.class))
        .containsExactly(false, true);
    assertThat(world.told(TurnOutput.Failed.class)).as("and once only").hasSize(1);
  }

  @Test
  void anAllocationOfSomebodyElseIsLeftAlone() {
    TurnWorld world = new TurnWorld(UDP, KNOWN);
    world.server.errors.put(StunMethod.ALLOCATE, ErrorCode.ALLOCATION_MISMATCH);
    world.server.errors.put(StunMethod.REFRESH, ErrorCode.WRONG_CREDENTIALS);
    world.tell(new TurnInput.Start());

    assertThat(world.told(TurnOutput.Failed.class).get(0).error().code())
        .isEqualTo(ErrorCode.WRONG_CREDENTIALS);
  }

  @Test
  void aLostConnectionEndsIt() {
    TurnWorld world = new TurnWorld(UDP_OVER_TCP, KNOWN);
    world.tell(new TurnInput.Start());
    world.tell(new TurnInput.TransportLost("connection reset"));

    assertThat(world.told(TurnOutput.Failed.class).get(0).error())
        .isEqualTo(new TurnError(TurnError.TRANSPORT_LOST, "connection reset"));
    assertThat(world.waitsForever()).isTrue();
    assertThat(world.client.isAllocated()).isFalse();
  }

  @Test
  void aTcpAllocationNeedsAReliableTransport() {
    assertThatThrownBy(() -> new AllocationRequest(Transport.TCP, Families.DEFAULT, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Long> millisSince(TurnWorld world, long start) {
    return world.sentAt.stream().map(at -> (at - start) / 1_000_000).toList();
  }
}
