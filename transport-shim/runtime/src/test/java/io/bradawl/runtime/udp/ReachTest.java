package io.bradawl.runtime.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.turn.client.TurnAccount;
import io.bradawl.runtime.loop.ManualLoop;
import io.bradawl.runtime.turn.TurnServer;
import io.bradawl.runtime.turn.TurnServer.Carrier;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReachTest {

  private static final TurnServer UDP = server(Carrier.UDP);
  private static final TurnServer TCP = server(Carrier.TCP);
  private static final TurnServer TLS = server(Carrier.TLS);
  private static final List<TurnServer> ALL = List.of(UDP, TCP, TLS);

  private final ManualLoop loop = new ManualLoop();
  private final Reach reach = new Reach(loop);

  @Test
  void atFirstTheOrderIsTheUsers() {
    assertThat(reach.sort(ALL)).containsExactly(UDP, TCP, TLS);
  }

  @Test
  void whatWasTheOnlyWayIsTriedFirst() {
    reach.answeredOver(Carrier.TLS);
    assertThat(reach.sort(ALL)).containsExactly(TLS, UDP, TCP);
  }

  @Test
  void butNotForEver() {
    reach.answeredOver(Carrier.TCP);
    assertThat(reach.isWithoutUdp()).isTrue();
    loop.pass(Duration.ofMinutes(6).toNanos());
    assertThat(reach.sort(ALL)).containsExactly(UDP, TCP, TLS);
  }

  @Test
  void whereUdpAnswersItComesFirstAgain() {
    reach.answeredOver(Carrier.TCP);
    reach.answeredOver(Carrier.UDP);
    assertThat(reach.isWithoutUdp()).isFalse();
    assertThat(reach.sort(ALL)).containsExactly(UDP, TCP, TLS);
  }

  private static TurnServer server(Carrier carrier) {
    return new TurnServer(carrier, "70.0.0.1", 3478, TurnAccount.of("user", "password"), true);
  }
}
