package io.bradawl.rendezvous.net;

/** A token bucket. */
public final class RateLimit {

  private static final long SECOND = 1_000_000_000L;

  private final long perToken;
  private final long capacity;
  private long credit;
  private long last;

  /**
   * @param perSecond sustained rate
   * @param burst how many at once
   * @param now nanoseconds
   */
  public RateLimit(int perSecond, int burst, long now) {
    this.perToken = SECOND / perSecond;
    this.capacity = burst * perToken;
    this.credit = capacity;
    this.last = now;
  }

  /** Whether one more is within the rate at {@code now} (nanoseconds). */
  public boolean take(long now) {
    credit = Math.min(capacity, credit + Math.max(0, now - last));
    last = now;
    if (credit < perToken) {
      return false;
    }
    credit -= perToken;
    return true;
  }
}
