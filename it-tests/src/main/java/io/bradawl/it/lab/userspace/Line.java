package io.bradawl.it.lab.userspace;

import java.time.Duration;
import java.util.Random;

/**
 * The way between a box and the public segment, each direction alike.
 *
 * @param delay one way
 * @param jitter up to so much more, drawn per packet: packets overtake each other
 * @param loss probability, 0 to 1
 * @param duplication probability, 0 to 1
 */
public record Line(Duration delay, Duration jitter, double loss, double duplication) {

  /** Nothing but delay, one way. */
  public static Line of(Duration delay) {
    return new Line(delay, Duration.ZERO, 0, 0);
  }

  int copies(Random random) {
    if (random.nextDouble() < loss) {
      return 0;
    }
    return random.nextDouble() < duplication ? 2 : 1;
  }

  long drawNanos(Random random) {
    return delay.toNanos() + (long) (random.nextDouble() * jitter.toNanos());
  }
}
