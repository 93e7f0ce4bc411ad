package io.bradawl.protocol.signal;

import java.util.random.RandomGenerator;

/**
 * Exponential back-off with jitter: peers that lost the same server do not come back in step.
 * Nanoseconds throughout.
 */
final class Pause {

  private final long shortest;
  private final long longest;
  private final RandomGenerator random;
  private long next;

  Pause(RegistrationTimes times, RandomGenerator random) {
    this.shortest = times.shortestPause().toNanos();
    this.longest = times.longestPause().toNanos();
    this.random = random;
    this.next = shortest;
  }

  void reset() {
    next = shortest;
  }

  /** The pause after one more failure: half of it fixed, half of it drawn. */
  long lengthen() {
    long pause = next / 2 + random.nextLong(next / 2 + 1);
    next = Math.min(longest, 2 * next);
    return pause;
  }

  /** A pause before the first new attempt after a connection was lost. */
  long scatter() {
    return random.nextLong(shortest / 2 + 1);
  }
}
