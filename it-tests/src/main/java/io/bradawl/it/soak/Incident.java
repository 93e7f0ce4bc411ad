package io.bradawl.it.soak;

import java.util.List;
import java.util.Map;

/**
 * What came of one fault, or of two at once.
 *
 * @param silences as the applications saw them
 * @param recovery milliseconds from the end of the fault until each workload had its next answer,
 *     by {@code client/workload}
 * @param lost workloads that had none within the bound
 */
record Incident(
    List<Fault> faults,
    List<Watch.Silence> silences,
    Map<String, Long> recovery,
    List<String> lost) {

  long longestSilence() {
    return silences.stream().mapToLong(Watch.Silence::millis).max().orElse(0);
  }

  long longestRecovery() {
    return recovery.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }
}
