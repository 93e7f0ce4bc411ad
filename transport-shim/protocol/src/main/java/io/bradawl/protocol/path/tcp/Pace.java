package io.bradawl.protocol.path.tcp;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.path.tcp.PunchInput.Cause;
import io.bradawl.protocol.path.tcp.PunchOutput.Via;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to connect again.
 *
 * <p>Where NATs answer early SYNs with RST, each side's SYN has to leave before the other's
 * arrives. So after a refusal the sides take turns, the offerer first, in trying again almost at
 * once for a while: then that side has a SYN on the way whenever the other, at its slower pace,
 * sends one. (With starts up to 150 ms apart and 20 ms of one-way delay this brought the failures
 * of simulated RST-answering pairs from 8 to 0 percent, and the 90th percentile from 3 s to 0.4 s.)
 * The first few retries of the slower side come sooner than the others: who was refused because the
 * other side had not begun yet is to get through before a relay is taken. All waits are drawn from
 * 80 to 120 percent of the figure, since two peers in lockstep would miss each other for ever.
 */
final class Pace {

  private static final long RETRY = MILLISECONDS.toNanos(150);
  private static final long SLOW_RETRY = MILLISECONDS.toNanos(500);
  private static final long BURST_RETRY = MILLISECONDS.toNanos(10);
  private static final int BURST = 16;
  private static final long EARLY_RETRY = MILLISECONDS.toNanos(50);
  private static final int EARLY_RETRIES = 3;
  private static final int QUICK_RETRIES = 3 * BURST;

  /**
   * The listener's half-open connection takes about this long to become acceptable or to vanish.
   */
  private static final long AWAIT_ACCEPT = MILLISECONDS.toNanos(1000);

  private static final long FIRST_SYN = MILLISECONDS.toNanos(500);
  private static final long LATER_SYN = MILLISECONDS.toNanos(1000);

  /** The relay connects, answers, and is connected to: five round trips. */
  private static final long RELAY_CONNECT = MILLISECONDS.toNanos(4000);

  private final Role role;
  private final RandomGenerator random;
  private final long roundTrip;

  Pace(Role role, RandomGenerator random, Duration roundTrip) {
    this.role = role;
    this.random = random;
    this.roundTrip = roundTrip.toNanos();
  }

  /** Nanoseconds from a failed connect to the next. */
  long retry(Cause cause, Target target) {
    int attempts = target.attempts();
    if (target.isRelayed()) {
      return jitter(RETRY * attempts);
    }
    if (cause == Cause.ADDRESS_NOT_AVAILABLE) {
      return jitter(AWAIT_ACCEPT);
    }
    if (attempts > QUICK_RETRIES || !isAnswer(cause, target)) {
      return jitter(SLOW_RETRY);
    }
    if (cause == Cause.REFUSED && hasTurn(attempts)) {
      return jitter(BURST_RETRY);
    }
    return jitter(attempts <= EARLY_RETRIES ? EARLY_RETRY : RETRY);
  }

  /**
   * Whether somebody far away does not let the SYN pass, yet. Of a host's own address,
   * "unreachable" only means that it is on another net.
   */
  private static boolean isAnswer(Cause cause, Target target) {
    return cause == Cause.REFUSED
        || cause == Cause.UNREACHABLE && target.kind() != Candidate.Kind.HOST;
  }

  private boolean hasTurn(int attempts) {
    int turn = (attempts - 1) / BURST;
    return turn % 2 == (role == Role.OFFERER ? 0 : 1);
  }

  /**
   * Nanoseconds from the end of a connection that came to nothing to the next connect. A relay
   * closes what comes before it was told to let it in: that takes no more than a moment, and is not
   * its fault. It may have come in before this side has dialled there at all.
   */
  long afterLoss(Target target) {
    return jitter(target.isRelayed() ? RETRY * Math.max(1, target.attempts()) : RETRY);
  }

  /**
   * Nanoseconds for which a SYN may go unanswered before a new one replaces it. The kernel itself
   * would repeat it after 1, 3 and 7 s. Never less than three round trips: the answer to an earlier
   * SYN must not meet a later one, or it is answered with RST.
   */
  long patience(Target target) {
    if (target.via() == Via.RELAY) {
      return jitter(RELAY_CONNECT);
    }
    long base = target.attempts() < 1 ? FIRST_SYN : LATER_SYN;
    return jitter(Math.max(base, 3 * roundTrip));
  }

  private long jitter(long nanos) {
    return nanos * 4 / 5 + random.nextLong(nanos * 2 / 5);
  }
}
