package io.bradawl.protocol.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.path.tcp.PunchInput;
import io.bradawl.protocol.path.udp.PathInput;
import io.bradawl.protocol.path.udp.PathOutput;
import io.bradawl.protocol.path.udp.PathOutput.Reason;
import io.bradawl.protocol.path.udp.UdpPath;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a path once it is up, and of machines that are no longer wanted. */
class KeepingTest {

  private static final Duration USE_EVERY = Duration.ofSeconds(10);

  private final Internet internet = new Internet(7);
  private final World world = internet.world();
  private final UdpPeer offerer = internet.udpPeer(NatKind.PORT_RESTRICTED, 1);
  private final UdpPeer answerer = internet.udpPeer(NatKind.PORT_RESTRICTED, 2);

  @BeforeEach
  void up() {
    Meeting meeting = internet.meeting(offerer, answerer);
    meeting.arrange();
    assertThat(meeting.decides()).isTrue();
  }

  @Test
  void aPathInUseStaysUpAtAboutTwoPacketsInFiveSeconds() {
    int before = offerer.sent();
    for (int i = 0; i < 60; i++) {
      world.run(USE_EVERY);
      offerer.tell(new PathInput.Activity(world.now()));
      answerer.tell(new PathInput.Activity(world.now()));
    }
    assertThat(offerer.isUp() && answerer.isUp()).isTrue();
    assertThat(offerer.sent() - before).isBetween(2 * 90, 2 * 160);
  }

  @Test
  void aPathThatNobodyUsesIsKeptSparinglyAndThenGivenUp() {
    world.run(Duration.ofSeconds(40));
    int before = offerer.sent();
    world.run(UdpPath.MAX_IDLE.minusSeconds(45));
    assertThat(offerer.isUp() && answerer.isUp()).isTrue();
    assertThat(offerer.sent() - before).isBetween(20, 36);
    world.run(Duration.ofSeconds(10));
    endedBy(offerer, Reason.IDLE);
    endedBy(answerer, Reason.IDLE);
  }

  @Test
  void consentIsLostSoonAfterTheOtherSideIsGone() {
    world.run(Duration.ofSeconds(3));
    answerer.unplug();
    world.run(Duration.ofSeconds(14));
    assertThat(offerer.isUp()).isTrue();
    world.run(Duration.ofSeconds(8));
    endedBy(offerer, Reason.CONSENT_LOST);
    endedBy(answerer, Reason.CONSENT_LOST);
  }

  @Test
  void aMachineThatIsOverIsSilent() {
    offerer.tell(new PathInput.Abandon());
    endedBy(offerer, Reason.ABANDONED);
    int before = offerer.sent();
    world.run(Duration.ofMinutes(10));
    assertThat(offerer.sent()).isEqualTo(before);
    endedBy(answerer, Reason.CONSENT_LOST);
  }

  @Test
  void anAbandonedPunchClosesAllItHas() {
    TcpPeer one = internet.tcpPeer(NatKind.OPEN, 3);
    TcpPeer other = internet.tcpPeer(NatKind.SYMMETRIC, 4);
    internet.meeting(one, other).arrange();
    world.run(Duration.ofMillis(60));
    other.tell(new PunchInput.Abandon());
    assertThat(other.failure()).contains("abandoned");
    assertThat(other.openSockets()).isZero();
    world.run(Duration.ofSeconds(30));
    assertThat(one.failure()).contains("no direct TCP path");
    assertThat(one.openSockets()).isZero();
    assertThat(one.waitsForTime() || other.waitsForTime()).isFalse();
  }

  private static void endedBy(UdpPeer peer, Reason reason) {
    assertThat(peer.end())
        .isInstanceOfSatisfying(
            PathOutput.Down.class, down -> assertThat(down.reason()).isEqualTo(reason));
    assertThat(peer.waitsForTime()).isFalse();
  }
}
