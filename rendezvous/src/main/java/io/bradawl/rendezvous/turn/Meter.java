package io.bradawl.rendezvous.turn;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket of bytes without a lock: it keeps the time at which it would be full again, and
 * refuses what would move that time too far ahead. What is refused costs nothing.
 */
final class Meter {

  private static final double SECOND = 1e9;
  private static final long BURST = 1_000_000_000L;

  private final double nanosPerByte;
  private final AtomicLong fullAt;

  /**
   * @param bytesPerSecond sustained; as many at once
   * @param now nanoseconds
   */
  Meter(long bytesPerSecond, long now) {
    this.nanosPerByte = SECOND / bytesPerSecond;
    this.fullAt = new AtomicLong(now);
  }

  /** Whether {@code bytes} more are within the rate at {@code now} (nanoseconds). */
  boolean take(int bytes, long now) {
    long cost = (long) (bytes * nanosPerByte);
    while (true) {
      long before = fullAt.get();
      long after = (before - now < 0 ? now : before) + cost;
      if (after - now > BURST) {
        return false;
      }
      if (fullAt.compareAndSet(before, after)) {
        return true;
      }
    }
  }

  /** Takes {@code bytes} in any case; tells how long nothing more may be taken: nanoseconds. */
  long charge(int bytes, long now) {
    long cost = (long) (bytes * nanosPerByte);
    long after = fullAt.updateAndGet(before -> (before - now < 0 ? now : before) + cost);
    return Math.max(0, after - now - BURST);
  }
}
