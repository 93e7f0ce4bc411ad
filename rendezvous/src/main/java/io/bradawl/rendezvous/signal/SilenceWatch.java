package io.bradawl.rendezvous.signal;

import io.bradawl.rendezvous.admission.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections over which no complete message comes for too long; octets that make none do
 * not count. A punch port keeps its NAT mapping by a Binding request now and then and so stays.
 *
 * <p>One for all: a timer for each connection would take more memory than all else that is known of
 * it, and a glance at it once a second takes some nanoseconds.
 */
final class SilenceWatch {

  private static final long LONGEST_PAUSE = Duration.ofSeconds(1).toNanos();
  private static final int GLANCES = 10;

  private final long first;
  private final long later;
  private final List<PeerConnection> watched = new ArrayList<>();

  /**
   * @param limits until the first message, and between messages; may be exceeded by a tenth
   */
  SilenceWatch(Limits limits) {
    this.first = limits.firstMessage().toNanos();
    this.later = limits.silence().toNanos();
  }

  /** Looks from now on. All other methods are called on that loop, too. */
  void start(ScheduledExecutorService loop) {
    long pause = Math.min(LONGEST_PAUSE, Math.min(first, later) / GLANCES);
    loop.scheduleWithFixedDelay(() -> look(System.nanoTime()), pause, pause, TimeUnit.NANOSECONDS);
  }

  void add(PeerConnection connection) {
    connection.seat(watched.size());
    watched.add(connection);
  }

  /** To be called once; the last one takes its place. */
  void remove(PeerConnection connection) {
    PeerConnection last = watched.remove(watched.size() - 1);
    if (last != connection) {
      watched.set(connection.seat(), last);
      last.seat(connection.seat());
    }
  }

  /** From the end, so that those that go meanwhile do not matter. */
  void look(long now) {
    for (int i = watched.size() - 1; i >= 0; i--) {
      PeerConnection connection = watched.get(i);
      long limit = connection.hasSpoken() ? later : first;
      if (connection.silence(now) >= limit) {
        connection.close("silent for " + TimeUnit.NANOSECONDS.toSeconds(limit) + " s");
      }
    }
  }
}
