package io.bradawl.it.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** How much of a processor the soak takes. */
final class Processor {
  private Processor() {}

  /** Of one core, by all that runs now, each since its start; 0.2 is a fifth. */
  static double share(Stage stage) {
    return Stream.concat(
            Stream.of(ProcessHandle.current()),
            stage.services().stream()
                .map(Service::pid)
                .flatMap(pid -> ProcessHandle.of(pid).stream()))
        .map(ProcessHandle::info)
        .mapToDouble(Processor::share)
        .sum();
  }

  private static double share(ProcessHandle.Info info) {
    Optional<Duration> used = info.totalCpuDuration();
    Optional<Instant> start = info.startInstant();
    if (used.isEmpty() || start.isEmpty()) {
      return 0;
    }
    double lived = Duration.between(start.get(), Instant.now()).toMillis();
    return used.get().toMillis() / Math.max(1, lived);
  }
}
