package io.bradawl.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Lab;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The simulation does what Linux does. */
class ConformanceIT {

  @Test
  void everyKindBehavesAsItsSimulation() {
    try (Lab lab = Lab.open()) {
      List<Comparison> all = Comparison.of(lab, Arrays.asList(Kind.values()));
      assertThat(all).flatExtracting(Comparison::differences).isEmpty();
    }
  }
}
