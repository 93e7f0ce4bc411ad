package io.bradawl.protocol.path.tcp;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.bradawl.protocol.path.PathSession;

/**
 * When relays come into play, all in monotonic nanoseconds. A stream stays for good on what carried
 * its first octet, so a direct connection is worth a wait; but no longer than it usually takes: two
 * round trips, one to connect and one to prove.
 *
 * @param dialAt when to dial the other side's relayed address. By then most punches have succeeded,
 *     and cost the relay nothing.
 * @param connectAt when to have the own relay connect to it, for a side that can only get out to
 *     its relay. By then a direct dial would have been accepted.
 * @param hopeless from when on a relayed connection is taken, unless ...
 * @param refused ... NATs answer SYNs with RST: among such, a later attempt often gets through
 */
record RelayTiming(long dialAt, long connectAt, long hopeless, long refused) {

  private static final long HEAD_START = MILLISECONDS.toNanos(80);
  private static final long WINDOW = MILLISECONDS.toNanos(200);
  private static final long REFUSED_WINDOW = MILLISECONDS.toNanos(500);

  static RelayTiming of(PathSession session) {
    long roundTrip = session.roundTrip().toNanos();
    long step = Math.max(HEAD_START, 3 * roundTrip / 2);
    long start = session.startAt();
    return new RelayTiming(
        start + step,
        start + 2 * step,
        start + Math.max(WINDOW, 3 * roundTrip),
        start + Math.max(REFUSED_WINDOW, 6 * roundTrip));
  }

  /**
   * @param promising whether a direct connection may still come about
   */
  long nominateAt(boolean promising) {
    return promising ? refused : hopeless;
  }
}
