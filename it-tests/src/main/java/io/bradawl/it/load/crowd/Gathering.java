package io.bradawl.it.load.crowd;

import java.util.concurrent.locks.LockSupport;

/**
 * How the loader waits for more: for a moment in which several datagrams come, since system calls
 * for one at a time would take longer than the server does, which would never be full then.
 */
final class Gathering {

  private static final int FEW = 32;
  private static final long PAUSE_NANOS = 50_000;

  private Gathering() {}

  /** Waits if only so few have moved lately. */
  static void after(int moved) {
    if (moved < FEW) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
