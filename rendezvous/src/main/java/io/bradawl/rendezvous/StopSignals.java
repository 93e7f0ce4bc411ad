package io.bradawl.rendezvous;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;

/**
 * What the operating system tells the process. The first SIGTERM or SIGINT asks it to stop, the
 * second one to do so at once. SIGHUP, by which others would end, means that a log was rotated.
 */
final class StopSignals {

  /** What shells add to a signal's number when they tell that it ended a process. */
  private static final int BY_SIGNAL = 128;

  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch atOnce = new CountDownLatch(1);
  private volatile int last;

  private StopSignals() {}

  /** Takes the signals from the JVM, which would end without delay. */
  static StopSignals take(Runnable rotated) {
    StopSignals signals = new StopSignals();
    handle("TERM", signals::stopBy);
    handle("INT", signals::stopBy);
    handle("HUP", signal -> rotated.run());
    return signals;
  }

  /** Waits for the first. */
  void awaitStop() throws InterruptedException {
    stop.await();
  }

  /** Waits for the second one, at most {@code millis}; {@code true} if it has come. */
  boolean awaitHurry(long millis) throws InterruptedException {
    return atOnce.await(millis, TimeUnit.MILLISECONDS);
  }

  /** The exit code of a process that was ended by the last of them. */
  int exitCode() {
    return BY_SIGNAL + last;
  }

  private void stopBy(Signal signal) {
    last = signal.getNumber();
    if (stop.getCount() > 0) {
      stop.countDown();
    } else if (atOnce.getCount() > 0) {
      atOnce.countDown();
    } else {
      Runtime.getRuntime().halt(exitCode());
    }
  }

  private static void handle(String name, sun.misc.SignalHandler handler) {
    try {
      Signal.handle(new Signal(name), handler);
    } catch (IllegalArgumentException e) {
      // There is no such signal on this platform, or the JVM was told to leave it (-Xrs).
    }
  }
}
