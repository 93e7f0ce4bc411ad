package io.bradawl.rendezvous.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.rendezvous.admission.Limits;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Limits, as operators give them. */
class LimitOptionsTest {

  @Test
  void withoutOptionsTheyAreTheUsualOnes() {
    assertThat(parsed()).isEqualTo(Limits.DEFAULT);
  }

  @Test
  void roomForDatagramsIsGivenInKibibytes() {
    assertThat(parsed("--udp-buffer=64").datagramRoom()).isEqualTo(65_536);
    assertThat(parsed("--udp-buffer=2147483647").datagramRoom()).isPositive();
  }

  private static Limits parsed(String... arguments) {
    LimitOptions options = new LimitOptions();
    new CommandLine(options).parseArgs(arguments);
    return options.limits();
  }
}
