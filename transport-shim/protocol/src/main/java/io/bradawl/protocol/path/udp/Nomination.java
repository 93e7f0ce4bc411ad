package io.bradawl.protocol.path.udp;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.stun.TransactionId;
import org.jspecify.annotations.Nullable;

/**
 * The offerer's word on which pair it is to be (RFC 8445 section 8.1.1): at once if no better one
 * can come, else after half a second in which the first one serves already. It is given anew when
 * the offerer moves on to another pair later; the latest word counts.
 */
final class Nomination {

  private static final long WAIT_FOR_BETTER = MILLISECONDS.toNanos(500);

  /** Then whoever does not answer will not. */
  private static final int MAX_SENDS = 15;

  private long latest = Machine.NEVER;
  private @Nullable Check check;
  private boolean answered;

  /** There is something to nominate. */
  void prepare(long now) {
    latest = now + WAIT_FOR_BETTER;
  }

  /** The word is to be given at once, whatever was said before. */
  void repeat(long now) {
    latest = now;
    check = null;
    answered = false;
  }

  boolean isMade() {
    return check != null;
  }

  boolean isReady(boolean betterMayCome, long now) {
    return check == null && latest != Machine.NEVER && (!betterMayCome || now >= latest);
  }

  void make(Check nominating) {
    check = nominating;
  }

  /** The nomination, if it is to be sent, or sent again. */
  @Nullable Check dueAt(long now) {
    return check != null && isPending() && now >= check.due() ? check : null;
  }

  long nextDue() {
    if (check == null) {
      return latest;
    }
    return isPending() ? check.due() : Machine.NEVER;
  }

  /** Whether this is the answer to the present nomination. */
  boolean isAnsweredBy(TransactionId transaction) {
    boolean fits = check != null && check.transaction().equals(transaction);
    answered |= fits;
    return fits;
  }

  /** Whether an answer to it may still come. */
  boolean isPending() {
    return check != null && !answered && check.sends() < MAX_SENDS;
  }
}
