package io.bradawl.protocol.sim.random.plan;

import java.time.Duration;
import java.util.Locale;

/**
 * A link.
 *
 * @param delay one way
 * @param jitter up to so much more per packet
 * @param loss probability, 0 to 1, in each direction
 * @param duplication probability, 0 to 1, in each direction
 */
public record Way(Duration delay, Duration jitter, double loss, double duplication) {

  static final Way LAN = new Way(Duration.ofNanos(200_000), Duration.ZERO, 0, 0);

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.1f ms +- %.1f, loss %.1f%%, doubled %.1f%%",
        delay.toNanos() / 1e6,
        jitter.toNanos() / 1e6,
        loss * 100,
        duplication * 100);
  }
}
