package io.bradawl.protocol.path.udp;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.stun.TransactionId;

/**
 * One STUN transaction (RFC 8489 section 6.2.1): the same is sent again after 100, 200, 400, 800,
 * 800, ... ms, and over a relay after 50 ms for the first time, since the relay may have heard of
 * the other peer a moment too late. A response counts however late it comes.
 */
final class Check {

  private static final long FIRST_PAUSE = MILLISECONDS.toNanos(100);
  private static final long FIRST_PAUSE_BY_RELAY = MILLISECONDS.toNanos(50);
  private static final long LONGEST_PAUSE = MILLISECONDS.toNanos(800);

  private final TransactionId transaction;
  private final Octets request;
  private long pause;
  private long due = Long.MIN_VALUE;
  private int sends;
  private boolean goneBare;

  Check(TransactionId transaction, Octets request, boolean byRelay) {
    this.transaction = transaction;
    this.request = request;
    this.pause = byRelay ? FIRST_PAUSE_BY_RELAY : FIRST_PAUSE;
  }

  TransactionId transaction() {
    return transaction;
  }

  int sends() {
    return sends;
  }

  /** When to send again. */
  long due() {
    return due;
  }

  /** Whether it was sent without what was to go along with it: its answer does not tell then. */
  boolean hasGoneBare() {
    return goneBare;
  }

  /** Counts a sending at {@code now} of nothing but the check, and yields what to send. */
  Octets sendBare(long now) {
    goneBare = true;
    return send(request, now);
  }

  /**
   * Counts a sending at {@code now}.
   *
   * @param message of the same transaction
   */
  Octets send(Octets message, long now) {
    sends++;
    due = now + pause;
    pause = Math.min(2 * pause, LONGEST_PAUSE);
    return message;
  }
}
