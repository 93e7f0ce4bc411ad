package io.bradawl.rendezvous.net;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A {@link RateLimit} for each of those that were there lately. Bounded: of too many, whoever was
 * away longest starts anew.
 */
public final class RateLimits<K> {

  private static final int MOST = 10_000;

  private final RateLimit.Rate rate;
  private final Map<K, RateLimit> limits =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, RateLimit> eldest) {
          return size() > MOST;
        }
      };

  /**
   * @param perSecond sustained rate of each; ten times as many at once
   */
  public RateLimits(int perSecond) {
    this.rate = RateLimit.Rate.of(perSecond, 10 * perSecond);
  }

  /** Whether one more by {@code whom} is within the rate at {@code now} (nanoseconds). */
  public boolean take(K whom, long now) {
    return limits.computeIfAbsent(whom, key -> new RateLimit(rate, now)).take(now);
  }
}
