package io.bradawl.protocol.turn;

import io.bradawl.protocol.Machine;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When allocations end. In the order of the times at which they were put in: one that was extended
 * since is put in anew when it comes up, so a refresh costs nothing here.
 */
final class Expiries<C> {

  private final TreeSet<Allocation<C>> byTime =
      new TreeSet<>(
          Comparator.<Allocation<C>>comparingLong(Allocation::wake)
              .thenComparingLong(Allocation::order));

  private long count;

  void add(Allocation<C> allocation) {
    allocation.place(allocation.expiry(), count++);
    byTime.add(allocation);
  }

  void remove(Allocation<C> allocation) {
    byTime.remove(allocation);
  }

  /** One that is over at {@code now}, or {@code null}; forgets it. */
  @Nullable Allocation<C> due(long now) {
    while (!byTime.isEmpty() && byTime.first().wake() <= now) {
      Allocation<C> first = byTime.pollFirst();
      if (first.expiry() <= now) {
        return first;
      }
      add(first);
    }
    return null;
  }

  long next() {
    return byTime.isEmpty() ? Machine.NEVER : byTime.first().wake();
  }
}
