package io.bradawl.protocol.path.udp;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.stun.TransactionId;

/**
 * One STUN transaction (RFC 8489 section 6.2.1): the same octets are sent again after 100, 200,
 * 400, 800, 800, ... ms, and over a relay after 50 ms for the first time, since the relay may have
 * heard of the other peer a moment too late. A response counts however late it comes.
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

  /** Counts a sending at {@code now} and yields what to send. */
  Octets send(long now) {
    sends++;
    due = now + pause;
    pause = Math.min(2 * pause, LONGEST_PAUSE);
    return request;
  }
}
