package io.bradawl.protocol.signal;

import java.util.random.RandomGenerator;

/**
 * How long a peer stays away from the servers that it prefers to the one in use. Whoever came back
 * to a server and lost it again soon stays away longer the next time, so that a server that comes
 * and goes does not make its peers do the same. Nanoseconds throughout.
 */
final class Absence {

  private final long shortest;
  private final long longest;
  private final RandomGenerator random;
  private long next;
  private long arrivedAt;

  Absence(RegistrationTimes times, RandomGenerator random) {
    this.shortest = times.shortestAbsence().toNanos();
    this.longest = times.longestAbsence().toNanos();
    this.random = random;
    this.next = shortest;
  }

  /** Until the next attempt to return: from half of the absence to one and a half, drawn. */
  long draw() {
    return next / 2 + random.nextLong(next + 1);
  }

  /** The attempt to return has failed. */
  void lengthen() {
    next = Math.min(longest, 2 * next);
  }

  /** The server preferred to all others is in use. */
  void arrived(long now) {
    arrivedAt = now;
  }

  /** It no longer is. */
  void left(long now) {
    if (now - arrivedAt >= longest) {
      next = shortest;
    } else {
      lengthen();
    }
  }
}
