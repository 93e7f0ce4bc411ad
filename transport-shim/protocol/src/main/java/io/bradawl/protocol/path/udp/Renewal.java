package io.bradawl.protocol.path.udp;

import static java.util.concurrent.TimeUnit.MINUTES;

import io.bradawl.protocol.Machine;

/**
 * When to offer a path anew that was direct and goes over a relay now. A NAT may have changed the
 * mapping of either side, and the new address can only be told in an offer or an answer; the relay
 * serves, so nothing else asks for one. The first comes a minute after the fall, since most direct
 * pairs get well by themselves, the others after 2, 4, 8, 16, 16, ... min. A path that never was
 * direct has been searched for with true addresses and is left as it is.
 */
public final class Renewal {

  private static final long FIRST = MINUTES.toNanos(1);
  private static final long LONGEST = MINUTES.toNanos(16);

  private boolean wasDirect;
  private long pause = FIRST;
  private long due = Machine.NEVER;

  /**
   * The path, or another one that takes its place, goes this way from now on.
   *
   * @param now monotonic nanoseconds
   */
  public void leads(boolean byRelay, long now) {
    if (!byRelay) {
      wasDirect = true;
      pause = FIRST;
      due = Machine.NEVER;
    } else if (wasDirect && due == Machine.NEVER) {
      due = now + pause;
    }
  }

  /** Whether an offer is due if the path is in use; if so, it counts as made. */
  public boolean take(long now) {
    if (now < due) {
      return false;
    }
    pause = Math.min(2 * pause, LONGEST);
    due = now + pause;
    return true;
  }
}
