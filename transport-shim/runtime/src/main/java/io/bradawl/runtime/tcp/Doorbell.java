package io.bradawl.runtime.tcp;

import io.bradawl.runtime.loop.DriverLoop;
import java.time.Duration;

/**
 * Rings again for a delivery that the application does not take: where another process shares the
 * port, the kernel may have led the first bell there. A busy application takes it later anyway.
 */
final class Doorbell {

  private static final int RINGS = 6;
  private static final long FIRST_WAIT = Duration.ofMillis(100).toNanos();

  private final DriverLoop loop;
  private final AppListener listener;
  private int rung;

  Doorbell(DriverLoop loop, AppListener listener) {
    this.loop = loop;
    this.listener = listener;
  }

  void repeat() {
    loop.at(loop.now() + (FIRST_WAIT << rung), this::ring);
  }

  private void ring() {
    if (listener.waiting() && rung++ < RINGS) {
      listener.ring();
      repeat();
    }
  }
}
