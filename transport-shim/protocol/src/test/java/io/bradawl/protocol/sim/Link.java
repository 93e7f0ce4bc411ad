package io.bradawl.protocol.sim;

import java.time.Duration;
import java.util.Random;

/**
 * The way between a node and its net, in either direction.
 *
 * @param delay one way
 * @param jitter up to so much more, drawn per packet: packets overtake each other
 * @param loss probability, 0 to 1
 * @param duplication probability, 0 to 1
 */
public record Link(Duration delay, Duration jitter, double loss, double duplication) {

  public static Link of(Duration delay) {
    return new Link(delay, Duration.ZERO, 0, 0);
  }

  public int copies(Random random) {
    if (random.nextDouble() < loss) {
      return 0;
    }
    return random.nextDouble() < duplication ? 2 : 1;
  }

  public Duration draw(Random random) {
    return delay.plusNanos((long) (random.nextDouble() * jitter.toNanos()));
  }
}
