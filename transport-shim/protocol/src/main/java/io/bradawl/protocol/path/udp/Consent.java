package io.bradawl.protocol.path.udp;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.path.udp.PathOutput.Reason;
import io.bradawl.protocol.stun.TransactionId;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Consent freshness (RFC 7675 section 5.1) and keepalive in one: about every 5 s a check that must
 * be answered; about every 20 s while the application is silent, which still is within the 30 s
 * that the shortest-lived NAT mappings last. An unanswered check is followed by others after 0.5,
 * 1, 2, 4, 4, ... s; 15 s after the first of them consent is lost.
 */
final class Consent {

  private static final long INTERVAL = SECONDS.toNanos(5);
  private static final long IDLE_INTERVAL = SECONDS.toNanos(20);
  private static final long IDLE_AFTER = SECONDS.toNanos(30);
  private static final long EXPIRY = SECONDS.toNanos(15);

  /** That is after three checks. */
  private static final long DOUBT_AFTER = MILLISECONDS.toNanos(1_400);

  /** Every other pair has been checked five times by then. */
  private static final long FAILING_AFTER = MILLISECONDS.toNanos(4_000);

  private static final long FIRST_PAUSE = MILLISECONDS.toNanos(500);
  private static final long LONGEST_PAUSE = SECONDS.toNanos(4);

  private final RandomGenerator random;
  private final Set<TransactionId> unanswered = new HashSet<>();
  private long unansweredSince = Machine.NEVER;
  private long lastUse;
  private long pause = FIRST_PAUSE;
  private long due;

  /**
   * @param lastUse when the application last used the path, monotonic nanoseconds
   */
  Consent(RandomGenerator random, long lastUse, long now) {
    this.random = random;
    this.lastUse = lastUse;
    this.due = now + interval(now);
  }

  void used(long when, long now) {
    lastUse = Math.max(lastUse, when);
    if (unanswered.isEmpty()) {
      due = Math.min(due, now + interval(now));
    }
  }

  long lastUse() {
    return lastUse;
  }

  boolean isInUse(long now) {
    return now - lastUse < IDLE_AFTER;
  }

  /** Whether so many checks have gone unanswered that another pair had better be sought. */
  boolean isDoubtful(long now) {
    return now >= doubtAt();
  }

  /** When it becomes {@link #isDoubtful doubtful}, unless an answer comes. */
  long doubtAt() {
    return unansweredSince == Machine.NEVER ? Machine.NEVER : unansweredSince + DOUBT_AFTER;
  }

  UdpPath.Health health(long now) {
    if (!isDoubtful(now)) {
      return UdpPath.Health.WELL;
    }
    boolean failing = now - unansweredSince >= FAILING_AFTER && isInUse(now);
    return failing ? UdpPath.Health.FAILING : UdpPath.Health.DOUBTFUL;
  }

  /** There is reason to doubt: look no later than {@code when}. */
  void hurry(long when) {
    due = Math.min(due, when);
  }

  /** There is none any more. */
  void calm(long now) {
    if (unanswered.isEmpty()) {
      due = Math.max(due, now + interval(now));
    }
  }

  /** When to look again: for a check, for expiry, or because nobody uses the path. */
  long nextDue() {
    return Math.min(Math.min(due, expiry()), idleEnd());
  }

  /** Why the path by {@code pair} is to be given up now, or {@code null}. */
  PathOutput.@Nullable Down verdict(Pair pair, long now) {
    if (now >= expiry()) {
      return new PathOutput.Down(Reason.CONSENT_LOST, "no answer from " + pair + " for 15 s");
    }
    if (now >= idleEnd()) {
      String text = "unused for " + UdpPath.MAX_IDLE.toMinutes() + " min";
      return new PathOutput.Down(Reason.IDLE, text);
    }
    return null;
  }

  boolean isCheckDue(long now) {
    return now >= due;
  }

  /** Draws a fresh check: only who sees it can answer it. */
  TransactionId check(long now) {
    if (unanswered.isEmpty()) {
      unansweredSince = now;
      pause = FIRST_PAUSE;
    }
    TransactionId transaction = TransactionId.draw(random);
    unanswered.add(transaction);
    due = now + pause;
    pause = Math.min(2 * pause, LONGEST_PAUSE);
    return transaction;
  }

  /** Whether it was one of these checks. */
  boolean answered(TransactionId transaction, long now) {
    boolean known = unanswered.contains(transaction);
    if (known) {
      unanswered.clear();
      unansweredSince = Machine.NEVER;
      due = now + interval(now);
    }
    return known;
  }

  private long expiry() {
    return unansweredSince == Machine.NEVER ? Machine.NEVER : unansweredSince + EXPIRY;
  }

  private long idleEnd() {
    return lastUse + UdpPath.MAX_IDLE.toNanos();
  }

  /** 80 to 120 percent, so that many paths do not fall into step (RFC 7675 section 5.1). */
  private long interval(long now) {
    long base = now - lastUse >= IDLE_AFTER ? IDLE_INTERVAL : INTERVAL;
    return base * 4 / 5 + random.nextLong(base * 2 / 5);
  }
}
