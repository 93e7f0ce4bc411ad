package io.bradawl.protocol.sim;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.tcp.PunchInput.Cause;
import io.bradawl.protocol.sim.Link.Width;
import io.bradawl.protocol.sim.Packet.Unreachable.Reason;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What may go wrong on the way, seen by two hosts that send each other packets. */
class FaultTest {

  private static final int PORT = 7000;
  private static final Octets SMALL = Octets.of("small".getBytes(US_ASCII));
  private static final Octets LARGE = Octets.of(new byte[1400]);
  private static final NatBehaviour NAT =
      Objects.requireNonNull(NatKind.PORT_RESTRICTED.behaviour());

  private final Internet internet = new Internet(3);
  private final World world = internet.world();
  private final Site site = internet.site(NAT, 1);
  private final NatBox box = site.boxes().get(0);
  private final Host here = site.host();
  private final Host there = internet.site(null, 2).host();
  private final List<TransportAddress> seen = new ArrayList<>();
  private final List<TransportAddress> answers = new ArrayList<>();
  private final List<Reason> errors = new ArrayList<>();

  @BeforeEach
  void sockets() {
    there.bind(
        PORT,
        (from, octets) -> {
          seen.add(from);
          there.sendDatagram(PORT, from, octets);
        });
    here.bind(PORT, (from, octets) -> answers.add(from));
    here.onError(PORT, (to, reason) -> errors.add(reason));
  }

  @Test
  void aRebootAndARebindingGiveAnotherPort() {
    ask(SMALL);
    box.reboot();
    ask(SMALL);
    box.rebind();
    ask(SMALL);
    assertThat(seen).doesNotHaveDuplicates().hasSize(3);
    assertThat(answers).hasSize(3);
  }

  @Test
  void renumberingGivesAnotherAddress() {
    ask(SMALL);
    box.renumber(Site.ip(80, 77, 0, 1));
    there.sendDatagram(PORT, seen.get(0), SMALL);
    ask(SMALL);
    assertThat(seen.get(1).ip()).isEqualTo(Site.ip(80, 77, 0, 1));
    assertThat(answers).hasSize(2);
  }

  @Test
  void aLineIsCutAndMended() {
    box.plugged(false);
    ask(SMALL);
    assertThat(seen).isEmpty();
    box.plugged(true);
    here.plugged(false);
    ask(SMALL);
    assertThat(seen).isEmpty();
    here.plugged(true);
    ask(SMALL);
    assertThat(answers).hasSize(1);
  }

  @Test
  void aHostGoesElsewhereWithItsSockets() {
    ask(SMALL);
    here.move(internet.net(), Site.ip(80, 66, 0, 1), Link.of(Meeting.HALF_WAY));
    ask(SMALL);
    assertThat(seen.get(1)).isEqualTo(new TransportAddress(Site.ip(80, 66, 0, 1), PORT));
    assertThat(answers).hasSize(2);
  }

  @Test
  void largePacketsVanishInABlackHoleAndAreToldOfElsewhere() {
    Link line = internet.net().link(box.ip());
    internet.net().link(box.ip(), line.carrying(Width.blackHole(1400)));
    ask(LARGE);
    ask(SMALL);
    assertThat(answers).hasSize(1);
    assertThat(errors).isEmpty();

    internet.net().link(box.ip(), line.carrying(Width.telling(1400)));
    ask(LARGE);
    assertThat(answers).hasSize(1);
    assertThat(errors).containsExactly(Reason.TOO_BIG);
  }

  @Test
  void packetsWaitForThoseBeforeThemOnASlowLine() {
    Link line = internet.net().link(there.ip());
    internet.net().link(there.ip(), line.carrying(Width.rate(LARGE.length() + 28)));
    for (int i = 0; i < 5; i++) {
      here.sendDatagram(PORT, there.at(PORT), LARGE);
    }
    world.run(Duration.ofMillis(4_500));
    assertThat(seen).hasSize(4);
  }

  @Test
  void stragglersArriveLate() {
    internet.net().link(there.ip(), Link.of(Meeting.HALF_WAY).straggling(0.5));
    for (int i = 0; i < 100; i++) {
      here.sendDatagram(PORT, there.at(PORT), SMALL);
    }
    world.run(Duration.ofMillis(25));
    assertThat(seen).hasSizeBetween(30, 70);
    world.run(Duration.ofMillis(100));
    assertThat(seen).hasSize(100);
  }

  @Test
  void aClosedPortIsToldOfThroughTheNat() {
    here.sendDatagram(PORT, there.at(9), SMALL);
    world.run(Duration.ofSeconds(1));
    assertThat(errors).containsExactly(Reason.PORT);
  }

  @Test
  void aNatThatAnswersByIcmpEndsAnAttempt() {
    Site strict = internet.site(NAT.refusing(NatBehaviour.Refusal.ICMP), 3);
    List<Cause> causes = new ArrayList<>();
    TransportAddress closed = new TransportAddress(strict.boxes().get(0).ip(), 80);
    there.tcp().connect(PORT, closed, failing(causes), socket -> {});
    world.run(Duration.ofSeconds(1));
    assertThat(causes).containsExactly(Cause.UNREACHABLE);
  }

  @Test
  void aKilledRendezvousIsNotThereUntilItStartsAgain() {
    List<Cause> causes = new ArrayList<>();
    List<Octets> greetings = new ArrayList<>();
    internet.rendezvous().kill();
    TransportAddress rendezvous = internet.rendezvous().address();
    there.tcp().connect(PORT, rendezvous, failing(causes), socket -> {});
    world.run(Duration.ofSeconds(1));
    assertThat(causes).containsExactly(Cause.REFUSED);
    internet.rendezvous().start();
    there.tcp().connect(PORT, rendezvous, hearing(greetings), socket -> {});
    world.run(Duration.ofSeconds(1));
    assertThat(greetings).hasSize(1);
    assertThat(there.tcp().openSockets()).isEqualTo(1);
    internet.rendezvous().kill();
    world.run(Duration.ofSeconds(1));
    assertThat(there.tcp().openSockets()).isZero();
  }

  @Test
  void aConnectionWhoseOtherEndIsGoneEnds() {
    there.tcp().listen(PORT, socket -> TcpSocket.Events.NONE);
    List<String> ends = new ArrayList<>();
    TcpSocket.Events events =
        new TcpSocket.Events() {
          @Override
          public void connected(TcpSocket socket) {
            there.unplug();
            socket.write(SMALL);
          }

          @Override
          public void closed() {
            ends.add("closed");
          }
        };
    here.tcp().connect(PORT, there.at(PORT), events, socket -> {});
    world.run(Duration.ofMinutes(2));
    assertThat(ends).containsExactly("closed");
    assertThat(here.tcp().openSockets()).isZero();
  }

  private void ask(Octets question) {
    here.sendDatagram(PORT, there.at(PORT), question);
    world.run(Duration.ofSeconds(1));
  }

  private static TcpSocket.Events failing(List<Cause> causes) {
    return new TcpSocket.Events() {
      @Override
      public void failed(Cause cause) {
        causes.add(cause);
      }
    };
  }

  private static TcpSocket.Events hearing(List<Octets> greetings) {
    return new TcpSocket.Events() {
      @Override
      public void message(Octets octets) {
        greetings.add(octets);
      }
    };
  }
}
