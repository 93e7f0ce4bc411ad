package io.bradawl.rendezvous.net;

import java.util.HashMap;
import java.util.Map;

/** How many there are of each. */
public final class Tally<K> {

  private final Map<K, Integer> counts = new HashMap<>();

  /** Counts one more; {@code false} if there are {@code most} already. */
  public boolean enter(K key, int most) {
    if (counts.getOrDefault(key, 0) >= most) {
      return false;
    }
    counts.merge(key, 1, Integer::sum);
    return true;
  }

  public void leave(K key) {
    counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
  }
}
