package io.bradawl.runtime.udp;

import io.bradawl.runtime.loop.DriverLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** What is to be cleared away a while after its end; for one socket, with one timer. */
final class Aftermath {

  static final Duration LENGTH = Duration.ofSeconds(30);

  private final DriverLoop loop;
  private final Queue<Due> due = new ArrayDeque<>();
  private DriverLoop.@Nullable Timer timer;

  private record Due(long at, Runnable clearing) {}

  Aftermath(DriverLoop loop) {
    this.loop = loop;
  }

  /** Runs {@code clearing} after {@link #LENGTH}, unless {@link #close} comes first. */
  void add(Runnable clearing) {
    due.add(new Due(loop.now() + LENGTH.toNanos(), clearing));
    arm();
  }

  void close() {
    due.clear();
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void arm() {
    Due next = due.peek();
    if (next != null && timer == null) {
      timer = loop.at(next.at, this::clear);
    }
  }

  private void clear() {
    timer = null;
    for (Due next = due.peek(); next != null && next.at <= loop.now(); next = due.peek()) {
      due.remove();
      next.clearing.run();
    }
    arm();
  }
}
