package io.bradawl.protocol.path.udp;

import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.stun.TransactionId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which pair is used, and that both sides use the same: the first that works, then a better one if
 * it comes soon, as the offerer nominates it (RFC 8445 section 8.1.1). One that fails is left for
 * whichever works.
 */
final class Agreement {

  private final Role role;
  private final Checklist checklist;
  private final Checks checks;
  private final Upkeep upkeep;
  private final Consumer<PathOutput> outputs;
  private final Nomination nomination = new Nomination();
  private @Nullable CheckedPair selected;

  /** What the offerer has named last. */
  private @Nullable CheckedPair nominee;

  /** Both sides know which pair it is, for now. */
  private boolean settled;

  /** Until the deadline, or until a direct pair is settled upon. */
  private boolean searching = true;

  Agreement(
      Role role, Checklist checklist, Checks checks, Upkeep upkeep, Consumer<PathOutput> outputs) {
    this.role = role;
    this.checklist = checklist;
    this.checks = checks;
    this.upkeep = upkeep;
    this.outputs = outputs;
  }

  /** The pair in use, if any. */
  @Nullable CheckedPair selected() {
    return selected;
  }

  boolean isSettled() {
    return settled;
  }

  boolean isSearching() {
    return searching;
  }

  long nextDue() {
    return nomination.nextDue();
  }

  /** A direct pair over which the other peer gets through just when a relay is in use. */
  boolean isUpgrade(CheckedPair pair) {
    return settled && !searching && isRelayed(selected) && !pair.isRelayed();
  }

  /** The other peer has checked a pair. */
  void heed(CheckedPair pair, boolean nominates, long now) {
    if (nominates && role == Role.ANSWERER) {
      nominee = pair;
      settleIfAgreed(pair, now);
    } else if (settled && pair.isRelayed() && !isRelayed(selected)) {
      // The other peer seems to have left the direct pair. If that is well, it is called back.
      upkeep.hurry(now);
      if (role == Role.OFFERER && !nomination.isPending()) {
        nomination.repeat(now);
      }
    }
  }

  /** The other peer has answered something that was sent by the pair in use. */
  void answered(TransactionId transaction, long now) {
    if (nomination.isAnsweredBy(transaction)) {
      settle(now);
    }
    if (upkeep.answered(transaction, now) && selected != null) {
      outputs.accept(new PathOutput.Reached(selected.pair()));
    }
  }

  /** The other peer has answered a check. */
  void validated(CheckedPair pair, long now) {
    CheckedPair present = selected;
    if (present == null) {
      select(pair, now);
      checks.leaveEarly(pair);
      outputs.accept(new PathOutput.Up(pair.pair(), pair.kind()));
      if (role == Role.OFFERER) {
        nomination.prepare(now);
      }
    } else if (upkeep.isRescuing() && pair != present) {
      present.invalidate();
      change(pair, !present.isRelayed(), now);
    } else if (role == Role.OFFERER && isBetter(present, pair)) {
      change(pair, false, now);
    }
    settleIfAgreed(pair, now);
    nominateDue(now);
  }

  private boolean isBetter(CheckedPair present, CheckedPair pair) {
    boolean better = pair.priority() > present.priority();
    return better && (!nomination.isMade() || present.isRelayed() && !pair.isRelayed());
  }

  /** RFC 8445 section 7.3.1.5: a nomination holds once the own check has succeeded too. */
  private void settleIfAgreed(CheckedPair pair, long now) {
    if (pair != nominee || !pair.isValid()) {
      return;
    }
    if (pair != selected) {
      change(pair, false, now);
    }
    settle(now);
  }

  /**
   * Moves to another pair.
   *
   * @param fell whether from a direct one that has failed
   */
  private void change(CheckedPair pair, boolean fell, long now) {
    select(pair, now);
    outputs.accept(new PathOutput.Changed(pair.pair(), pair.kind()));
    if (role == Role.OFFERER && nomination.isMade()) {
      nomination.repeat(now);
    }
    seekOn(fell, now);
  }

  private void select(CheckedPair pair, long now) {
    selected = pair;
    upkeep.moveTo(pair, now);
  }

  private void settle(long now) {
    if (!settled) {
      settled = true;
      upkeep.settle(now);
      checklist.seekDirect();
      seekOn(false, now);
    }
  }

  /** What is to be looked for while there is a path. */
  private void seekOn(boolean fell, long now) {
    searching &= !settled || isRelayed(selected);
    if (!isRelayed(selected) || searching) {
      upkeep.rest();
    } else {
      upkeep.seekDirect(fell, now);
    }
  }

  /** No more time is given to the first search. */
  void endSearch(long now) {
    searching = false;
    if (selected != null) {
      settled = true;
      upkeep.settle(now);
      seekOn(false, now);
    }
  }

  /** The pair in use answers again, after it has not. */
  void recovered(long now) {
    seekOn(false, now);
  }

  /** Gives the offerer's word when it is due. */
  void nominateDue(long now) {
    CheckedPair pair = selected;
    if (pair == null || role != Role.OFFERER) {
      return;
    }
    if (nomination.isReady(!settled && checklist.hasHopeAbove(pair), now)) {
      nomination.make(checks.draw(pair, true));
    }
    Check due = nomination.dueAt(now);
    if (due != null) {
      checks.nominate(pair, due, now);
    }
  }

  private static boolean isRelayed(@Nullable CheckedPair pair) {
    return pair != null && pair.isRelayed();
  }
}
