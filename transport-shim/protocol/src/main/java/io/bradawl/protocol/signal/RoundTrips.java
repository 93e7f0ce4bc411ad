package io.bradawl.protocol.signal;

import java.time.Duration;

/**
 * The round trip to the rendezvous. The least of the last few samples: what makes a sample longer,
 * a retransmission or a busy machine, does not befall the punch packets that are timed by it.
 */
final class RoundTrips {

  private static final int KEPT = 4;

  private final long[] nanos = new long[KEPT];
  private int taken;

  void add(long sample) {
    nanos[taken++ % KEPT] = sample;
  }

  /** Whether as many samples are in as are kept. */
  boolean isComplete() {
    return taken >= KEPT;
  }

  /** Zero before the first sample. */
  Duration least() {
    long least = taken == 0 ? 0 : Long.MAX_VALUE;
    for (int i = 0; i < Math.min(taken, KEPT); i++) {
      least = Math.min(least, nanos[i]);
    }
    return Duration.ofNanos(least);
  }
}
