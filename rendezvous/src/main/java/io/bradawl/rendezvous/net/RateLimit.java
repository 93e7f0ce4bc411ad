package io.bradawl.rendezvous.net;

/**
 * A token bucket. It keeps the time at which it would be full again, and refuses what would move
 * that time too far ahead: so it is one number, as there are very many of them.
 */
public final class RateLimit {

  private static final long SECOND = 1_000_000_000L;

  /**
   * What many limits have in common.
   *
   * @param perToken nanoseconds
   * @param capacity nanoseconds that a full bucket lasts for
   */
  public record Rate(long perToken, long capacity) {

    /**
     * A rate.
     *
     * @param perSecond sustained
     * @param burst how many at once
     */
    public static Rate of(int perSecond, int burst) {
      long perToken = SECOND / perSecond;
      return new Rate(perToken, burst * perToken);
    }
  }

  private final Rate rate;
  private long fullAt;

  /**
   * A full bucket.
   *
   * @param now nanoseconds
   */
  public RateLimit(Rate rate, long now) {
    this.rate = rate;
    this.fullAt = now;
  }

  /** Whether one more is within the rate at {@code now} (nanoseconds). */
  public boolean take(long now) {
    long after = (fullAt - now < 0 ? now : fullAt) + rate.perToken();
    if (after - now > rate.capacity()) {
      return false;
    }
    fullAt = after;
    return true;
  }
}
