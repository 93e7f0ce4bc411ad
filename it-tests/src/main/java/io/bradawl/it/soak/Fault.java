package io.bradawl.it.soak;

import java.time.Duration;

/**
 * Something that goes wrong for a while.
 *
 * @param kind what goes wrong, as the report counts it
 * @param details where and how
 * @param lasts until the end is due; zero for what happens at once
 */
record Fault(String kind, String details, Duration lasts, Runnable begin, Runnable end) {

  /** Happens at once and has no end. */
  static Fault sudden(String kind, String details, Runnable what) {
    return new Fault(kind, details, Duration.ZERO, what, () -> {});
  }

  @Override
  public String toString() {
    String time = lasts.isZero() ? "" : " for " + lasts.toMillis() + " ms";
    return kind + ": " + details + time;
  }
}
