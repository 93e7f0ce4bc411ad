package io.bradawl.protocol.path.udp;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.bradawl.protocol.Machine;
import java.util.Comparator;
import java.util.List;

/**
 * Checks of other pairs than the selected one after the first search is over, in rounds. While the
 * selected pair does not answer, there is a round every half second, of the pairs likeliest to
 * serve in its place. While it leads over a relay that works, there are rounds of direct pairs for
 * an upgrade: after 1, 2, 4, ... s, at last every 20 s, which is less than any NAT forgets (RFC
 * 4787 section 4.3), so that those of both peers meet. A direct pair that has failed is not tried
 * again before 5, 10, 20, ... s have passed, lest the path move to and fro.
 */
final class Rechecks {

  private static final long RESCUE = MILLISECONDS.toNanos(500);
  private static final long FIRST_UPGRADE = SECONDS.toNanos(1);
  private static final long LONGEST_UPGRADE = SECONDS.toNanos(20);
  private static final long FIRST_HOLD_DOWN = SECONDS.toNanos(5);
  private static final int MAX_HOLD_DOWNS = 4;
  private static final int MAX_PAIRS = 8;

  private boolean rescuing;
  private long due = Machine.NEVER;
  private long pause = FIRST_UPGRADE;
  private int falls;

  /** A direct pair is selected and well: there is nothing to do. */
  void rest() {
    due = Machine.NEVER;
    rescuing = false;
  }

  /** Another pair is wanted at once. */
  void rescue(long now) {
    if (!rescuing) {
      rescuing = true;
      due = now;
    }
  }

  /**
   * A pair by relay is selected.
   *
   * @param fell whether it replaces a direct one that has failed
   */
  void seekDirect(boolean fell, long now) {
    rescuing = false;
    pause = FIRST_UPGRADE;
    if (fell) {
      due = now + (FIRST_HOLD_DOWN << Math.min(falls++, MAX_HOLD_DOWNS));
    } else {
      due = now + pause;
    }
  }

  boolean isRescuing() {
    return rescuing;
  }

  long due() {
    return due;
  }

  /**
   * The pairs of the round that is due, and when the next one is.
   *
   * @param used whether the application uses the path: if not, an upgrade can wait
   */
  List<CheckedPair> round(List<CheckedPair> pairs, CheckedPair selected, boolean used, long now) {
    due = now + (rescuing ? RESCUE : pause);
    pause = Math.min(2 * pause, LONGEST_UPGRADE);
    if (!rescuing && !used) {
      return List.of();
    }
    return pairs.stream()
        .filter(pair -> pair != selected && (rescuing ? isLikely(pair) : !pair.isRelayed()))
        .sorted(Comparator.comparing(CheckedPair::isRelayed).reversed())
        .limit(MAX_PAIRS)
        .toList();
  }

  private static boolean isLikely(CheckedPair pair) {
    return pair.isRelayed() || pair.isSourceProven();
  }
}
