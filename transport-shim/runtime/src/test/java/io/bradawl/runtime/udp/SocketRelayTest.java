package io.bradawl.runtime.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.turn.ChannelData;
import io.bradawl.runtime.turn.FakeTurnServer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketRelayTest {

  private static final Duration MOMENT = Duration.ofMillis(1);

  private final List<List<TransportAddress>> told = new ArrayList<>();
  private RelayScene scene;
  private FakeTurnServer first;
  private FakeTurnServer second;
  private TransportAddress peer;

  @BeforeEach
  void open() throws Exception {
    scene = new RelayScene("70.0.0.1", "70.0.0.2");
    first = scene.servers.get(0);
    second = scene.servers.get(1);
    peer = new TransportAddress(InetAddress.getByName("70.0.9.9"), 4711);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void theFirstServerThatAnswersIsTheRelay() {
    learn();
    assertThat(told).containsExactly(List.of(first.relayed()));
    assertThat(second.answered).isEmpty();
    learn();
    assertThat(first.answered).as("it is asked once").containsExactly(StunMethod.ALLOCATE);
    assertThat(told).hasSize(2);
  }

  @Test
  void aServerThatIsSlowIsNotWaitedFor() {
    first.silent = true;
    learn();
    assertThat(told).isEmpty();
    scene.pass(Duration.ofMillis(300));
    assertThat(told).containsExactly(List.of(second.relayed()));
    assertThat(scene.relay.isAsking()).isFalse();
  }

  @Test
  void withoutAnyAnswerThereIsNoneAndForAWhileNobodyWaits() {
    first.silent = true;
    second.silent = true;
    learn();
    scene.pass(Duration.ofSeconds(5));
    assertThat(told).containsExactly(List.of());
    learn();
    assertThat(told).hasSize(2);

    first.silent = false;
    scene.pass(Duration.ofSeconds(20));
    learn();
    assertThat(told).last().isEqualTo(List.of(first.relayed()));
  }

  @Test
  void itIsGivenBackAWhileAfterTheLastPath() {
    learn();
    scene.relay.keep(true);
    scene.pass(Duration.ofMinutes(5));
    scene.relay.keep(false);
    scene.pass(Duration.ofSeconds(29));
    assertThat(first.allocated).isTrue();
    scene.pass(Duration.ofSeconds(2));
    assertThat(first.allocated).isFalse();
    assertThat(scene.relay.addresses()).isEmpty();
    assertThat(scene.tables.doors()).as("its late answers are not the application's").hasSize(1);
  }

  @Test
  void itIsGivenBackWhenTheSocketIsClosed() {
    learn();
    scene.relay.keep(true);
    scene.relay.close();
    assertThat(first.allocated).isFalse();
    learn();
    assertThat(told).last().isEqualTo(List.of());
  }

  @Test
  void aServerThatHasForgottenItIsAskedForAnotherOne() {
    learn();
    scene.relay.keep(true);
    TransportAddress before = first.relayed();
    first.allocated = false;
    scene.pass(Duration.ofSeconds(3));
    scene.relay.check();
    scene.pass(MOMENT);
    assertThat(first.allocated).isTrue();
    assertThat(scene.relay.addresses()).doesNotContain(before).containsExactly(first.relayed());
    assertThat(scene.changes).isOne();
  }

  @Test
  void aServerThatStillHasItKeepsIt() {
    learn();
    scene.relay.keep(true);
    for (int i = 0; i < 20; i++) {
      scene.pass(Duration.ofMillis(500));
      scene.relay.check();
    }
    assertThat(scene.changes).isZero();
    assertThat(first.answered).as("and is not asked too often").hasSizeBetween(4, 7);
  }

  @Test
  void aRelayThatDoesNotAnswerAnyMoreIsReplacedInTheEnd() {
    learn();
    scene.relay.keep(true);
    first.silent = true;
    scene.pass(Duration.ofSeconds(3));
    scene.relay.check();
    scene.pass(Duration.ofMinutes(1));
    assertThat(scene.relay.addresses()).containsExactly(second.relayed());
    assertThat(scene.changes).isOne();
  }

  @Test
  void aServerThatFailsIsWarnedOfOnceUntilItWorksAgain() {
    SocketRelay other = scene.relayOfAnotherSocket();
    for (SocketRelay relay : List.of(scene.relay, other)) {
      relay.learn(told::add);
      relay.keep(true);
    }
    scene.pass(MOMENT);
    first.silent = true;
    scene.pass(Duration.ofSeconds(3));
    scene.relay.check();
    other.check();
    scene.pass(Duration.ofMinutes(1));
    assertThat(scene.log.lines)
        .containsExactly(
            "WARN no relay at udp:70.0.0.1:3478: the server does not answer",
            "DEBUG still no relay at udp:70.0.0.1:3478: the server does not answer");

    first.silent = false;
    second.silent = true;
    other.check();
    scene.pass(Duration.ofMinutes(1));
    assertThat(scene.log.lines)
        .endsWith(
            "WARN no relay at udp:70.0.0.2:3478: the server does not answer",
            "INFO there is a relay at udp:70.0.0.1:3478 again");
  }

  /**
   * Found by the soak: paths that moved to another relay were given channel 0. Over UDP that was
   * lost; over TCP the server took it for the head of a message, and understood nothing any more.
   */
  @Test
  void aPathThatMovesAtOnceToAnotherRelayHasAChannelThere() {
    List<Way> ways = new ArrayList<>();
    scene.whenChanged = () -> ways.add(scene.relay.way(peer, DatagramSecurity.NONE));
    learn();
    scene.relay.keep(true);
    first.silent = true;
    scene.pass(Duration.ofSeconds(3));
    scene.relay.check();
    scene.pass(Duration.ofMinutes(1));

    assertThat(ways)
        .containsExactly(
            new ChannelWay(second.address, ChannelData.FIRST_CHANNEL, DatagramSecurity.NONE));
    assertThat(second.answered).contains(StunMethod.CHANNEL_BIND);
  }

  @Test
  void itIsLookedAfterWhenTheRendezvousWasLost() {
    learn();
    scene.relay.keep(true);
    first.allocated = false;
    scene.with.relays().rendezvousChanged();
    scene.pass(MOMENT);
    assertThat(first.allocated).isTrue();
    assertThat(scene.changes).isOne();
  }

  private void learn() {
    scene.relay.learn(told::add);
    scene.pass(MOMENT);
  }
}
