package io.bradawl.protocol.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of NAT against every other, with several seeds each. */
class NatGridTest {

  private static final int SEEDS = 12;

  /** The floor is one round trip, 40 ms; the rest is skew, and half a round trip with SYMMETRIC. */
  private static final Duration MAX_UDP_SET_UP = Duration.ofMillis(75);

  /** The floor is two round trips, 80 ms: open, prove, nominate. */
  private static final Duration MAX_TCP_SET_UP = Duration.ofMillis(115);

  private static final int MAX_UDP_PACKETS = 220;
  private static final int MAX_TCP_ATTEMPTS = 100;

  static Stream<Arguments> pairs() {
    return Arrays.stream(NatKind.values())
        .flatMap(one -> Arrays.stream(NatKind.values()).map(other -> arguments(one, other)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void udpReachesWhatThePunchCanReach(NatKind one, NatKind other) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Internet internet = new Internet(seed);
      UdpPeer offerer = internet.udpPeer(one, 1);
      UdpPeer answerer = internet.udpPeer(other, 2);
      Meeting meeting = internet.meeting(offerer, answerer);
      meeting.arrange();
      String situation = one + " x " + other + " seed " + seed;

      assertThat(meeting.decides()).as(situation).isTrue();
      assertThat(offerer.isUp()).as(situation).isEqualTo(NatKind.reaches(one, other));
      assertThat(answerer.isUp()).as(situation).isEqualTo(NatKind.reaches(one, other));
      assertThat(offerer.sent()).as(situation).isLessThan(MAX_UDP_PACKETS);
      if (offerer.isUp()) {
        assertThat(meeting.setUp()).as(situation).isLessThan(MAX_UDP_SET_UP);
        carriesBothWays(internet, offerer, answerer, situation);
      } else {
        assertThat(offerer.failure()).as(situation).contains("no direct UDP path in 10.0 s; tried");
      }
    }
  }

  private static void carriesBothWays(
      Internet internet, UdpPeer offerer, UdpPeer answerer, String situation) {
    internet.world().run(Duration.ofSeconds(1));
    int before = offerer.ofPeer().size();
    offerer.send();
    answerer.send();
    internet.world().run(Duration.ofSeconds(1));
    assertThat(offerer.ofPeer()).as(situation).hasSize(before + 1);
    assertThat(answerer.ofPeer()).as(situation).isNotEmpty();
    assertThat(offerer.ofStrangers()).as(situation).isEmpty();
    assertThat(answerer.ofStrangers()).as(situation).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void tcpReachesWhatThePunchCanReach(NatKind one, NatKind other) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Internet internet = new Internet(seed);
      TcpPeer offerer = internet.tcpPeer(one, 1);
      TcpPeer answerer = internet.tcpPeer(other, 2);
      Meeting meeting = internet.meeting(offerer, answerer);
      meeting.arrange();
      String situation = one + " x " + other + " seed " + seed;

      assertThat(meeting.decides()).as(situation).isTrue();
      assertThat(offerer.isUp()).as(situation).isEqualTo(NatKind.reaches(one, other));
      assertThat(answerer.isUp()).as(situation).isEqualTo(NatKind.reaches(one, other));
      assertThat(offerer.attempts()).as(situation).isLessThan(MAX_TCP_ATTEMPTS);
      internet.world().run(Duration.ofSeconds(20));
      assertThat(offerer.waitsForTime()).as(situation).isFalse();
      if (offerer.isUp()) {
        assertThat(meeting.setUp()).as(situation).isLessThan(MAX_TCP_SET_UP);
        oneConnectionIsLeft(offerer, answerer, situation);
      } else {
        assertThat(offerer.failure()).as(situation).contains("no direct TCP path in 10.0 s; tried");
        assertThat(offerer.openSockets()).as(situation).isZero();
      }
    }
  }

  private static void oneConnectionIsLeft(TcpPeer offerer, TcpPeer answerer, String situation) {
    TcpSocket one = Objects.requireNonNull(offerer.winner());
    TcpSocket other = Objects.requireNonNull(answerer.winner());
    assertThat(one.identity()).as(situation).isEqualTo(other.identity());
    assertThat(one.isEstablished()).as(situation).isTrue();
    assertThat(other.isEstablished()).as(situation).isTrue();
    assertThat(offerer.openSockets()).as(situation).isEqualTo(1);
    assertThat(answerer.openSockets()).as(situation).isEqualTo(1);
  }
}
