package io.bradawl.rendezvous.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.rendezvous.telemetry.Readiness;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthPagesTest {

  private static final Duration PATIENCE = Duration.ofMillis(100);

  @Test
  void aThreadThatDoesNothingAnyMoreIsNoticed() throws Exception {
    assertThat(statusWith(new CompletableFuture<>())).isEqualTo(503);
    assertThat(statusWith(CompletableFuture.failedFuture(new IllegalStateException("closed"))))
        .isEqualTo(503);
    assertThat(statusWith(CompletableFuture.completedFuture(null))).isEqualTo(200);
  }

  private static int statusWith(CompletableFuture<Void> pulse)
      throws ExecutionException, InterruptedException {
    return new HealthPages(new Readiness(), () -> pulse, PATIENCE).health("").get().status();
  }
}
