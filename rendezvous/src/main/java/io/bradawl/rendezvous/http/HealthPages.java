package io.bradawl.rendezvous.http;

import io.bradawl.rendezvous.telemetry.Readiness;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** For orchestrators and load balancers. */
final class HealthPages {

  private final Readiness readiness;
  private final Supplier<CompletableFuture<Void>> pulse;
  private final Duration patience;

  /**
   * @param pulse completes once every thread of the server has done something
   * @param patience with it
   */
  HealthPages(Readiness readiness, Supplier<CompletableFuture<Void>> pulse, Duration patience) {
    this.readiness = readiness;
    this.pulse = pulse;
    this.patience = patience;
  }

  /** 200 as long as the server's threads work; a restart helps if not. */
  CompletableFuture<Reply> health(String accept) {
    return pulse
        .get()
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .handle((beat, failure) -> failure == null ? Reply.plain(200, "ok") : stuck());
  }

  /** 200 if peers may be sent here, 503 with the reasons if not. */
  CompletableFuture<Reply> readiness(String accept) {
    String obstacles =
        readiness.obstacles().stream()
            .map(obstacle -> obstacle.name().toLowerCase(Locale.ROOT).replace('_', ' '))
            .sorted()
            .collect(Collectors.joining(", "));
    return CompletableFuture.completedFuture(
        obstacles.isEmpty() ? Reply.plain(200, "ready") : Reply.plain(503, obstacles));
  }

  private Reply stuck() {
    return Reply.plain(503, "a thread has not answered for " + patience.toSeconds() + " s");
  }
}
