package io.bradawl.rendezvous.telemetry;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.signal.PathCounts;
import java.util.concurrent.atomic.LongAdder;

/**
 * How much there is of each {@link Measure}. Any thread may add; threads that add to the same
 * measure at once get cells of their own, so adding costs some nanoseconds, and reading the sum is
 * what takes longer.
 */
public final class Measures {

  private final LongAdder[] adders = new LongAdder[Measure.values().length];

  public Measures() {
    for (int i = 0; i < adders.length; i++) {
      adders[i] = new LongAdder();
    }
  }

  /** Counts one more. */
  public void increment(Measure measure) {
    adders[measure.ordinal()].increment();
  }

  /** Counts {@code number} more; of a gauge also fewer, but a counter that falls has been reset. */
  public void add(Measure measure, long number) {
    adders[measure.ordinal()].add(number);
  }

  /** A process that had paths {@code before} has others {@code now}. */
  public void changePaths(PathCounts before, PathCounts now) {
    if (before.equals(now)) {
      return;
    }
    for (Transport transport : Transport.values()) {
      for (Candidate.Kind kind : Candidate.Kind.values()) {
        add(Measure.ofPaths(transport, kind), now.of(transport, kind) - before.of(transport, kind));
      }
    }
  }

  /** How many there are of all measures of {@code family}. */
  public long sum(Family family) {
    long sum = 0;
    for (Measure measure : Measure.values()) {
      sum += measure.family() == family ? sum(measure) : 0;
    }
    return sum;
  }

  /** How many there are. */
  public long sum(Measure measure) {
    return adders[measure.ordinal()].sum();
  }
}
