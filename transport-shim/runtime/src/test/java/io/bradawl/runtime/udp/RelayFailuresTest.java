package io.bradawl.runtime.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.turn.client.TurnAccount;
import io.bradawl.runtime.turn.TurnServer;
import io.bradawl.runtime.turn.TurnServer.Carrier;
import org.junit.jupiter.api.Test;

class RelayFailuresTest {

  private final RecordedLog log = new RecordedLog();
  private final RelayFailures failures = new RelayFailures(log);

  @Test
  void aServerIsWarnedOfOnce() {
    failures.failed(server(Carrier.UDP, "password"), "it does not answer");
    failures.failed(server(Carrier.UDP, "renewed"), "it does not answer");
    assertThat(log.lines)
        .containsExactly(
            "WARN no relay at udp:70.0.0.1:3478: it does not answer",
            "DEBUG still no relay at udp:70.0.0.1:3478: it does not answer");
  }

  @Test
  void eachWayToItIsAServerOfItsOwn() {
    failures.failed(server(Carrier.UDP, "password"), "it does not answer");
    failures.failed(server(Carrier.TLS, "password"), "connection refused");
    assertThat(log.lines).allMatch(line -> line.startsWith("WARN ")).hasSize(2);
  }

  @Test
  void onceItWorksAgainItIsWarnedOfAgain() {
    failures.failed(server(Carrier.UDP, "password"), "it does not answer");
    failures.works(server(Carrier.UDP, "renewed"));
    failures.works(server(Carrier.UDP, "renewed"));
    failures.failed(server(Carrier.UDP, "password"), "its host name cannot be resolved");
    assertThat(log.lines)
        .containsExactly(
            "WARN no relay at udp:70.0.0.1:3478: it does not answer",
            "INFO there is a relay at udp:70.0.0.1:3478 again",
            "WARN no relay at udp:70.0.0.1:3478: its host name cannot be resolved");
  }

  @Test
  void aServerThatWorksIsNotWorthALine() {
    failures.works(server(Carrier.TCP, "password"));
    assertThat(log.lines).isEmpty();
  }

  private static TurnServer server(Carrier carrier, String password) {
    return new TurnServer(carrier, "70.0.0.1", 3478, TurnAccount.of("user", password), true);
  }
}
