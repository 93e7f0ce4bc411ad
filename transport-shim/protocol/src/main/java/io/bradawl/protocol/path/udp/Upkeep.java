package io.bradawl.protocol.path.udp;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.stun.TransactionId;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the pair in use: {@link Consent} finds out whether it still serves, and {@link Rechecks}
 * seeks a direct one while a relay is in use, and any other while the pair in use does not answer.
 */
final class Upkeep {

  /** A pair that is not agreed upon by then may have failed before it could be. */
  private static final long UNSETTLED = MILLISECONDS.toNanos(1_000);

  private final Checks checks;
  private final Checklist checklist;
  private final RandomGenerator random;
  private final Rechecks rechecks = new Rechecks();
  private @Nullable CheckedPair selected;
  private @Nullable Consent consent;
  private boolean settled;
  private boolean rerouted;

  /**
   * @param random draws transaction ids and jitter
   */
  Upkeep(Checks checks, Checklist checklist, RandomGenerator random) {
    this.checks = checks;
    this.checklist = checklist;
    this.random = random;
  }

  /** Another pair is in use from now on. */
  void moveTo(CheckedPair pair, long now) {
    long lastUse = consent == null ? now : consent.lastUse();
    selected = pair;
    rerouted = false;
    consent = new Consent(random, lastUse, now);
    if (!settled) {
      consent.hurry(now + UNSETTLED);
    }
  }

  /** The pair in use leads another way from now on: what was known of it says nothing. */
  void reroute(long now) {
    CheckedPair pair = selected;
    if (pair != null) {
      moveTo(pair, now);
      hurry(now);
      rerouted = true;
    }
  }

  /** Both sides know which pair it is. */
  void settle(long now) {
    settled = true;
    if (consent != null) {
      consent.calm(now);
    }
  }

  void used(long lastUse, long now) {
    if (consent != null) {
      consent.used(lastUse, now);
    }
  }

  /**
   * A check of the pair in use was answered, perhaps one of these.
   *
   * @return whether that is the first answer since the pair was rerouted
   */
  boolean answered(TransactionId transaction, long now) {
    boolean first = consent != null && consent.answered(transaction, now) && rerouted;
    rerouted &= !first;
    return first;
  }

  /** The other peer seems to doubt the pair in use: it is looked after now. */
  void hurry(long now) {
    if (consent != null) {
      consent.hurry(now);
    }
  }

  /** Nothing is to be looked for beside the pair in use. */
  void rest() {
    rechecks.rest();
  }

  /**
   * A direct pair is to be looked for, since the one in use goes by relay.
   *
   * @param fell whether it replaces a direct one that has failed
   */
  void seekDirect(boolean fell, long now) {
    rechecks.seekDirect(fell, now);
  }

  /** Whether whatever pair answers is to replace the one in use. */
  boolean isRescuing() {
    return rechecks.isRescuing();
  }

  /** Whether the pair in use answers again after it has not. */
  boolean isWellAgain(long now) {
    return isRescuing() && consent != null && !consent.isDoubtful(now);
  }

  UdpPath.Health health(long now) {
    return consent == null ? UdpPath.Health.WELL : consent.health(now);
  }

  /** Why the path is to be given up now, or {@code null}. */
  PathOutput.@Nullable Down verdict(long now) {
    return selected == null || consent == null ? null : consent.verdict(selected.pair(), now);
  }

  /** Checks what is due. */
  void tick(long now) {
    CheckedPair pair = selected;
    if (pair == null || consent == null) {
      return;
    }
    if (consent.isCheckDue(now)) {
      checks.ask(pair, consent.check(now));
    }
    if (consent.isDoubtful(now)) {
      rechecks.rescue(now);
    }
    if (now >= rechecks.due()) {
      rechecks.round(checklist.pairs(), pair, consent.isInUse(now), now).stream()
          .filter(other -> isAffordable())
          .forEach(other -> recheck(other, now));
    }
  }

  long nextDue() {
    if (consent == null) {
      return Machine.NEVER;
    }
    long next = Math.min(rechecks.due(), consent.nextDue());
    return isRescuing() ? next : Math.min(next, consent.doubtAt());
  }

  /** Until both sides are agreed, the first search goes on, and one budget serves both. */
  private boolean isAffordable() {
    if (settled) {
      return true;
    }
    boolean affordable = checklist.mayCheck();
    checklist.count();
    return affordable;
  }

  private void recheck(CheckedPair other, long now) {
    if (!other.mayYetAnswer()) {
      other.renew(checks.draw(other, false));
    }
    checks.send(other, now);
  }
}
