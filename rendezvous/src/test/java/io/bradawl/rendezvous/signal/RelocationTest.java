package io.bradawl.rendezvous.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How peers are asked to leave. */
class RelocationTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void manyPeersAreAskedOneAfterTheOther() {
    assertThat(Relocation.spread(10, LIMIT)).isEqualTo(Duration.ofMillis(10));
    assertThat(Relocation.spread(5_000, LIMIT)).isEqualTo(Duration.ofSeconds(5));
    assertThat(Relocation.spread(100_000, LIMIT)).isEqualTo(Duration.ofSeconds(15));
  }
}
