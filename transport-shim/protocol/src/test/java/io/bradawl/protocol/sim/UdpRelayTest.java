package io.bradawl.protocol.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.bradawl.protocol.address.Candidate.Kind;
import io.bradawl.protocol.path.udp.PathInput;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Peers that have a relay: every pair meets at once, directly in the end if that is possible at
 * all, and stays connected as long as the relay can be reached.
 */
class UdpRelayTest {

  private static final int SEEDS = 8;

  /** A round trip to the relay and to the peer each, one repetition of a check, and skew. */
  private static final Duration MAX_SET_UP = Duration.ofMillis(250);

  private static final Duration SETTLED = Duration.ofSeconds(11);

  static Stream<Arguments> pairs() {
    return Arrays.stream(NatKind.values())
        .flatMap(one -> Arrays.stream(NatKind.values()).map(other -> arguments(one, other)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everyPairMeetsByTheOfferersRelayIfNotDirectly(NatKind one, NatKind other) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Internet internet = new Internet(seed);
      UdpPeer offerer = internet.relayedUdpPeer(internet.site(one.behaviour(), 1).host());
      UdpPeer answerer = internet.udpPeer(other, 2);
      meet(internet, offerer, answerer, NatKind.reaches(one, other), one + " x " + other);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everyPairMeetsByTheAnswerersRelayIfNotDirectly(NatKind one, NatKind other) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Internet internet = new Internet(seed);
      UdpPeer offerer = internet.udpPeer(one, 1);
      UdpPeer answerer = internet.relayedUdpPeer(internet.site(other.behaviour(), 2).host());
      meet(internet, offerer, answerer, NatKind.reaches(one, other), one + " x " + other);
    }
  }

  @Test
  void whoGetsOutToTheRelayOnlyMeetsByIt() {
    for (int seed = 0; seed < SEEDS; seed++) {
      for (int guarded = 1; guarded <= 3; guarded++) {
        Internet internet = new Internet(seed);
        UdpPeer offerer = peer(internet, 1, (guarded & 1) != 0);
        UdpPeer answerer = peer(internet, 2, (guarded & 2) != 0);
        meet(internet, offerer, answerer, false, "guarded " + guarded);
      }
    }
  }

  @Test
  void aDirectPathThatFailsIsReplacedByTheRelayAndComesBack() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Internet internet = new Internet(seed);
      UdpPeer offerer = peer(internet, 1, false);
      UdpPeer answerer = peer(internet, 2, false);
      meet(internet, offerer, answerer, true, "seed " + seed);

      offerer.host().restrict(internet::isServer);
      use(internet, offerer, answerer, Duration.ofSeconds(10));
      assertThat(offerer.kind()).isEqualTo(Kind.RELAYED);
      assertThat(answerer.kind()).isEqualTo(Kind.RELAYED);
      carries(internet, offerer, answerer);

      offerer.host().restrict(to -> true);
      use(internet, offerer, answerer, Duration.ofSeconds(40));
      assertThat(offerer.kind()).isNotEqualTo(Kind.RELAYED);
      assertThat(answerer.kind()).isNotEqualTo(Kind.RELAYED);
      carries(internet, offerer, answerer);
    }
  }

  @Test
  void aPathThatComesAndGoesDoesNotMakeThePathRestless() {
    Internet internet = new Internet(3);
    UdpPeer offerer = peer(internet, 1, false);
    UdpPeer answerer = peer(internet, 2, false);
    meet(internet, offerer, answerer, true, "restless");
    int before = offerer.changes();
    for (int i = 0; i < 60; i++) {
      boolean cut = i % 2 == 0;
      offerer.host().restrict(to -> !cut || internet.isServer(to));
      use(internet, offerer, answerer, Duration.ofSeconds(15));
      assertThat(offerer.isUp() && answerer.isUp()).isTrue();
    }
    assertThat(offerer.changes() - before).isBetween(4, 40);
  }

  @Test
  void aRelayedPathOpensDirectlyWhenANetworkAllowsIt() {
    Internet internet = new Internet(5);
    UdpPeer offerer = peer(internet, 1, true);
    UdpPeer answerer = peer(internet, 2, false);
    meet(internet, offerer, answerer, false, "shut");

    offerer.host().restrict(to -> true);
    use(internet, offerer, answerer, Duration.ofMinutes(1));
    assertThat(offerer.kind()).isNotEqualTo(Kind.RELAYED);
    assertThat(answerer.kind()).isNotEqualTo(Kind.RELAYED);
    carries(internet, offerer, answerer);
  }

  @Test
  void withoutRelayAndPeerThePathEnds() {
    Internet internet = new Internet(6);
    UdpPeer offerer = peer(internet, 1, false);
    UdpPeer answerer = peer(internet, 2, false);
    meet(internet, offerer, answerer, true, "unplugged");
    answerer.unplug();
    use(internet, offerer, answerer, Duration.ofSeconds(30));
    assertThat(offerer.isUp()).isFalse();
    assertThat(offerer.waitsForTime()).isFalse();
  }

  private static UdpPeer peer(Internet internet, int number, boolean guarded) {
    Host host = internet.site(NatKind.PORT_RESTRICTED.behaviour(), number).host();
    if (guarded) {
      host.restrict(internet::isServer);
    }
    return internet.relayedUdpPeer(host);
  }

  private static void meet(
      Internet internet, UdpPeer offerer, UdpPeer answerer, boolean direct, String situation) {
    Meeting meeting = internet.meeting(offerer, answerer);
    meeting.arrange();
    assertThat(meeting.decides()).as(situation).isTrue();
    assertThat(offerer.failure()).as(situation).isNull();
    assertThat(answerer.failure()).as(situation).isNull();
    assertThat(meeting.setUp()).as(situation).isLessThan(MAX_SET_UP);
    carries(internet, offerer, answerer);
    internet.world().run(SETTLED);
    assertThat(offerer.kind() == Kind.RELAYED).as(situation).isEqualTo(!direct);
    assertThat(answerer.kind() == Kind.RELAYED).as(situation).isEqualTo(!direct);
    carries(internet, offerer, answerer);
  }

  /** Lets time pass in which the application uses the path. */
  private static void use(Internet internet, UdpPeer one, UdpPeer other, Duration time) {
    for (long left = time.toSeconds(); left > 0; left--) {
      internet.world().run(Duration.ofSeconds(1));
      one.tell(new PathInput.Activity(internet.world().now()));
      other.tell(new PathInput.Activity(internet.world().now()));
    }
  }

  private static void carries(Internet internet, UdpPeer one, UdpPeer other) {
    int ofOther = one.ofPeer().size();
    int ofOne = other.ofPeer().size();
    one.send();
    other.send();
    internet.world().run(Duration.ofMillis(200));
    assertThat(one.ofPeer()).hasSizeGreaterThan(ofOther);
    assertThat(other.ofPeer()).hasSizeGreaterThan(ofOne);
    assertThat(one.ofStrangers()).isEmpty();
    assertThat(other.ofStrangers()).isEmpty();
  }
}
