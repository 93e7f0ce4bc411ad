package io.bradawl.protocol.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.bradawl.protocol.address.Candidate.Kind;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Peers that have a relay: every pair meets, directly if that is possible at all. */
class TcpRelayTest {

  private static final int SEEDS = 8;

  /** 120 ms in which direct connections are made, six round trips over the relay, and skew. */
  private static final Duration MAX_SET_UP = Duration.ofMillis(330);

  /** The half second in which NATs that answer with RST are given time, nomination, and skew. */
  private static final Duration MAX_SET_UP_IF_REFUSED = Duration.ofMillis(600);

  /** For a further connect, by the own relay, after 240 ms. */
  private static final Duration MAX_SET_UP_BY_OWN_RELAY = Duration.ofMillis(470);

  static Stream<Arguments> pairs() {
    return Arrays.stream(NatKind.values())
        .flatMap(one -> Arrays.stream(NatKind.values()).map(other -> arguments(one, other)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everyPairMeetsOverTheOfferersRelayIfNotDirectly(NatKind one, NatKind other) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Internet internet = new Internet(seed);
      TcpPeer offerer = internet.relayedTcpPeer(internet.site(one.behaviour(), 1).host());
      TcpPeer answerer = internet.tcpPeer(other, 2);
      String situation = one + " x " + other + " seed " + seed;
      boolean direct = NatKind.reaches(one, other);
      meet(internet, offerer, answerer, direct, maxSetUp(one, other), situation);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everyPairMeetsOverTheAnswerersRelayIfNotDirectly(NatKind one, NatKind other) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Internet internet = new Internet(seed);
      TcpPeer offerer = internet.tcpPeer(one, 1);
      TcpPeer answerer = internet.relayedTcpPeer(internet.site(other.behaviour(), 2).host());
      String situation = one + " x " + other + " seed " + seed;
      boolean direct = NatKind.reaches(one, other);
      meet(internet, offerer, answerer, direct, maxSetUp(one, other), situation);
    }
  }

  @Test
  void whoGetsOutToTheRelayOnlyMeetsOverIt() {
    for (int seed = 0; seed < SEEDS; seed++) {
      for (int guarded = 1; guarded <= 3; guarded++) {
        Internet internet = new Internet(seed);
        TcpPeer offerer = peer(internet, 1, (guarded & 1) != 0);
        TcpPeer answerer = peer(internet, 2, (guarded & 2) != 0);
        meet(
            internet,
            offerer,
            answerer,
            false,
            MAX_SET_UP_BY_OWN_RELAY,
            "guarded " + guarded + " seed " + seed);
      }
    }
  }

  @Test
  void natsThatRefuseSimultaneousOpenMeetOverTheRelay() {
    NatBehaviour strict =
        Objects.requireNonNull(NatKind.PORT_RESTRICTED.behaviour()).withoutSimultaneousOpen();
    Internet internet = new Internet(1);
    TcpPeer offerer = internet.relayedTcpPeer(internet.site(strict, 1).host());
    TcpPeer answerer = internet.tcpPeer(internet.site(strict, 2).host());
    meet(internet, offerer, answerer, false, MAX_SET_UP, "both strict");
  }

  private static TcpPeer peer(Internet internet, int number, boolean guarded) {
    Host host = internet.site(NatKind.SYMMETRIC.behaviour(), number).host();
    if (guarded) {
      host.restrict(internet::isServer);
    }
    return internet.relayedTcpPeer(host);
  }

  private static Duration maxSetUp(NatKind one, NatKind other) {
    return one == NatKind.LINUX || other == NatKind.LINUX ? MAX_SET_UP_IF_REFUSED : MAX_SET_UP;
  }

  private static void meet(
      Internet internet,
      TcpPeer offerer,
      TcpPeer answerer,
      boolean direct,
      Duration maxSetUp,
      String situation) {
    Meeting meeting = internet.meeting(offerer, answerer);
    meeting.arrange();
    assertThat(meeting.decides()).as(situation).isTrue();
    assertThat(offerer.failure()).as(situation).isNull();
    assertThat(answerer.failure()).as(situation).isNull();
    Kind kind = Objects.requireNonNull(offerer.handOver()).kind();
    assertThat(kind == Kind.RELAYED).as(situation).isEqualTo(!direct);
    if (direct) {
      assertThat(internet.relay().connections()).as(situation).isZero();
    } else {
      assertThat(meeting.setUp()).as(situation).isLessThan(maxSetUp);
    }
    carries(internet, offerer, answerer, situation);
  }

  private static void carries(Internet internet, TcpPeer one, TcpPeer other, String situation) {
    internet.world().run(Duration.ofSeconds(20));
    assertThat(one.winner()).as(situation).matches(TcpSocket::isEstablished);
    assertThat(other.winner()).as(situation).matches(TcpSocket::isEstablished);
    assertThat(one.openSockets()).as(situation).isEqualTo(1);
    assertThat(other.openSockets()).as(situation).isEqualTo(1);
    assertThat(one.waitsForTime()).as(situation).isFalse();
  }
}
