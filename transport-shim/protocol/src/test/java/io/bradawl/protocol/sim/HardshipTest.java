package io.bradawl.protocol.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.sim.nat.NatBehaviour;
import io.bradawl.protocol.sim.nat.NatBehaviour.Refusal;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lossy links, starts that do not match, NATs that are hard on TCP. */
class HardshipTest {

  private static final int SEEDS = 30;
  private static final Duration LATE = Duration.ofMillis(150);

  /** Two such links in a row: 20 percent loss, 10 percent duplication, and plenty of overtaking. */
  private static final Link POOR = new Link(Meeting.HALF_WAY, Duration.ofMillis(15), 0.106, 0.05);

  @ParameterizedTest
  @CsvSource({
    "OPEN, PORT_RESTRICTED",
    "FULL_CONE, SYMMETRIC",
    "ADDRESS_RESTRICTED, FIREWALL",
    "PORT_RESTRICTED, PORT_RESTRICTED"
  })
  void bothTransportsSurvivePoorLinks(NatKind one, NatKind other) {
    for (int seed = 0; seed < SEEDS; seed++) {
      String situation = one + " x " + other + " seed " + seed;
      Internet internet = new Internet(seed, POOR);
      UdpPeer udpOfferer = internet.udpPeer(one, 1);
      UdpPeer udpAnswerer = internet.udpPeer(other, 2);
      meet(internet.meeting(udpOfferer, udpAnswerer), situation);
      assertThat(udpOfferer.isUp() && udpAnswerer.isUp()).as("UDP " + situation).isTrue();

      internet = new Internet(seed, POOR);
      TcpPeer tcpOfferer = internet.tcpPeer(one, 1);
      TcpPeer tcpAnswerer = internet.tcpPeer(other, 2);
      meet(internet.meeting(tcpOfferer, tcpAnswerer), situation);
      sameConnection(tcpOfferer, tcpAnswerer, "TCP " + situation);
    }
  }

  @Test
  void aLateStartOfOneSideCostsUdpNoMoreThanItself() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Internet internet = new Internet(seed);
      UdpPeer offerer = internet.udpPeer(NatKind.PORT_RESTRICTED, 1);
      UdpPeer answerer = internet.udpPeer(NatKind.PORT_RESTRICTED, 2);
      Meeting meeting = internet.meeting(offerer, answerer).maxSkew(LATE);
      meet(meeting, "seed " + seed);
      assertThat(offerer.isUp() && answerer.isUp()).as("seed " + seed).isTrue();
      assertThat(meeting.setUp()).as("seed " + seed).isLessThan(LATE.plusMillis(80));
    }
  }

  @Test
  void tcpFindsTheMomentBetweenNatsThatRefuseEarlySyns() {
    NatBehaviour refusing = Objects.requireNonNull(NatKind.LINUX.behaviour());
    assertThat(refusing.filtering().refusal()).isEqualTo(Refusal.RST);
    tcpMeets(refusing, refusing, Duration.ofSeconds(2));
  }

  @Test
  void oneSideMayRefuseSimultaneousOpen() {
    NatBehaviour usual = Objects.requireNonNull(NatKind.PORT_RESTRICTED.behaviour());
    tcpMeets(usual.withoutSimultaneousOpen(), usual, Duration.ofSeconds(2));
    tcpMeets(usual, usual.withoutSimultaneousOpen(), Duration.ofSeconds(2));
  }

  @Test
  void bothSidesMayNotAndThatEndsInTime() {
    NatBehaviour strict =
        Objects.requireNonNull(NatKind.PORT_RESTRICTED.behaviour()).withoutSimultaneousOpen();
    Internet internet = new Internet(1);
    TcpPeer offerer = internet.tcpPeer(internet.site(strict, 1).host());
    TcpPeer answerer = internet.tcpPeer(internet.site(strict, 2).host());
    meet(internet.meeting(offerer, answerer), "both strict");
    assertThat(offerer.failure()).contains("timed out");
    assertThat(answerer.failure()).contains("timed out");
  }

  private static void tcpMeets(NatBehaviour one, NatBehaviour other, Duration within) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Internet internet = new Internet(seed);
      TcpPeer offerer = internet.tcpPeer(internet.site(one, 1).host());
      TcpPeer answerer = internet.tcpPeer(internet.site(other, 2).host());
      Meeting meeting = internet.meeting(offerer, answerer).maxSkew(LATE);
      meet(meeting, "seed " + seed);
      sameConnection(offerer, answerer, "seed " + seed);
      assertThat(meeting.setUp()).as("seed " + seed).isLessThan(within);
    }
  }

  private static void meet(Meeting meeting, String situation) {
    meeting.arrange();
    assertThat(meeting.decides()).as(situation).isTrue();
  }

  private static void sameConnection(TcpPeer one, TcpPeer other, String situation) {
    assertThat(one.failure()).as(situation).isNull();
    assertThat(other.failure()).as(situation).isNull();
    int ofOne = Objects.requireNonNull(one.winner()).identity();
    int ofOther = Objects.requireNonNull(other.winner()).identity();
    assertThat(ofOne).as(situation).isEqualTo(ofOther);
  }
}
