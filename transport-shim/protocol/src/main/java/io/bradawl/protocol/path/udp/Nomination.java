package io.bradawl.protocol.path.udp;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.stun.TransactionId;
import org.jspecify.annotations.Nullable;

/**
 * The offerer's last word on which address it is to be (RFC 8445 section 8.1.1): at once if no
 * better one can come, else after half a second in which the first one serves already.
 */
final class Nomination {

  private static final long WAIT_FOR_BETTER = MILLISECONDS.toNanos(500);

  private long latest = Machine.NEVER;
  private @Nullable Check check;

  /** There is something to nominate. */
  void prepare(long now) {
    latest = now + WAIT_FOR_BETTER;
  }

  boolean isMade() {
    return check != null;
  }

  boolean isReady(boolean betterMayCome, long now) {
    return check == null && (!betterMayCome || now >= latest);
  }

  void make(Check nominating) {
    check = nominating;
  }

  /** The nomination, if it is to be sent, or sent again. */
  @Nullable Check dueAt(long now) {
    return check != null && now >= check.due() ? check : null;
  }

  long nextDue() {
    return check == null ? latest : check.due();
  }

  boolean isAnsweredBy(TransactionId transaction) {
    return check != null && check.transaction().equals(transaction);
  }
}
