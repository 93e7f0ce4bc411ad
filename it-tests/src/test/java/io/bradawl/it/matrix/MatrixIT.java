package io.bradawl.it.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.matrix.Situation.Reach;
import io.bradawl.it.run.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A few cells of the matrix, of kinds that no other test between NATs has. */
class MatrixIT {

  /**
   * Datagrams leave the relay as soon as they can, however slow the machine is; a stream stays for
   * good on what carried its first octet, so of that only that it comes about.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "double NAT x double NAT",
        "IPv6 firewall, RST x IPv6 firewall, ICMP",
        "only IPv6 x only IPv4",
        "port-restricted, no UDP x TCP 443 only"
      })
  void peersMeet(String name, @TempDir Path directory) throws IOException {
    Situation situation = Situations.named(name);
    try (Trial trial = new Trial(situation, directory)) {
      Outcome.Both outcome = trial.run(Jdk.current());

      assertThat(outcome.tcp().connected()).as(trial.transcript()).isTrue();
      assertThat(outcome.udp().connected()).as(trial.transcript()).isTrue();
      assertThat(outcome.udp().direct())
          .as(trial.transcript())
          .isEqualTo(situation.udp() == Reach.DIRECT);
    }
  }
}
