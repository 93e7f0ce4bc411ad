package io.bradawl.protocol.signal;

import io.bradawl.protocol.Machine;
import java.util.EnumMap;
import java.util.Map;

/**
 * When to do what: at most one time per kind of timer. Nanoseconds throughout.
 *
 * @param <T> the kinds
 */
final class Timers<T extends Enum<T>> {

  private final Map<T, Long> times;

  Timers(Class<T> kinds) {
    times = new EnumMap<>(kinds);
  }

  void set(T timer, long at) {
    times.put(timer, at);
  }

  /** Sets a timer unless it is due earlier already. */
  void advance(T timer, long at) {
    times.merge(timer, at, Math::min);
  }

  void cancel(T timer) {
    times.remove(timer);
  }

  void clear() {
    times.clear();
  }

  /** Whether the timer is due, and if so, cancels it. */
  boolean due(T timer, long now) {
    Long at = times.get(timer);
    if (at == null || at > now) {
      return false;
    }
    times.remove(timer);
    return true;
  }

  /** The earliest time, or {@link Machine#NEVER}. */
  long next() {
    return times.values().stream().mapToLong(Long::longValue).min().orElse(Machine.NEVER);
  }
}
