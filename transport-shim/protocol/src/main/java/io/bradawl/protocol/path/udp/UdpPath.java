package io.bradawl.protocol.path.udp;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.Octets;
import io.bradawl.protocol.path.FailureText;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.ProvenMessage;
import io.bradawl.protocol.path.udp.PathOutput.Reason;
import io.bradawl.protocol.stun.TransactionId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Finds and keeps one UDP path between two peers: ICE (RFC 8445) cut down to one component, one
 * local socket with perhaps one relayed address, and fixed roles.
 *
 * <p>Both sides check all pairs of addresses. Whoever's check is answered first has a path and may
 * send at once; the offerer moves on to a better pair that proves valid within half a second and
 * then nominates, so both end with the same pair. A check from an address that was not told is a
 * peer-reflexive candidate, since only the peer can have made it. Nothing of a wrong host with the
 * same private address can be proven, so it cannot win.
 *
 * <p>Checks go on being repeated until the deadline: a NAT drops what comes before its own side has
 * sent. From the first answered one on {@link Upkeep} sees whether the pair still serves, and looks
 * for another. The offerer nominates whatever it moves on to; the answerer follows, and moves by
 * itself only away from a pair that fails. When nothing answers for 15 s the machine is over; a new
 * path takes a new offer.
 */
public final class UdpPath implements Machine<PathInput, PathOutput> {

  /** Pairs that are checked, learned ones included. */
  public static final int MAX_PAIRS = 24;

  /** A path that nobody uses for so long is given up. */
  public static final Duration MAX_IDLE = Duration.ofMinutes(5);

  private final PathSession session;
  private final Checklist checklist;
  private final Checks checks;
  private final Upkeep upkeep;
  private final SeenRequests seen = new SeenRequests();
  private final Agreement agreement;
  private final Queue<PathOutput> outputs = new ArrayDeque<>();
  private boolean over;

  /**
   * Before {@link PathSession#startAt} nothing is sent except to addresses from which the peer has
   * got through already.
   *
   * @param random draws transaction ids and jitter; a {@code SecureRandom} outside simulations
   */
  public UdpPath(PathSession session, RandomGenerator random) {
    this.session = session;
    this.checklist = new Checklist(session);
    this.checks = new Checks(session.proof(), random, outputs::add);
    this.upkeep = new Upkeep(checks, checklist, random);
    this.agreement = new Agreement(session.role(), checklist, checks, upkeep, outputs::add);
  }

  @Override
  public void handle(PathInput input, long now) {
    if (!over) {
      input.applyTo(this, now);
    }
  }

  @Override
  public void tick(long now) {
    if (over) {
      return;
    }
    if (agreement.isSearching() && now >= session.deadline()) {
      endSearch(now);
    }
    if (!over) {
      checkDue(now);
      agreement.nominateDue(now);
      keep(now);
    }
  }

  @Override
  public @Nullable PathOutput poll() {
    return outputs.poll();
  }

  @Override
  public long nextTimeout() {
    if (over) {
      return NEVER;
    }
    long next = Math.min(agreement.nextDue(), upkeep.nextDue());
    return agreement.isSearching()
        ? Math.min(next, Math.min(checklist.nextDue(), session.deadline()))
        : next;
  }

  /**
   * Whether the machine is over: {@link PathOutput.Down} or {@link PathOutput.Failed} was its last
   * word.
   */
  public boolean isOver() {
    return over;
  }

  /** Whether the pair in use still answers. */
  public Health health(long now) {
    return over ? Health.WELL : upkeep.health(now);
  }

  /** What a driver may do for a path beside what the machine does. */
  public enum Health {
    /** The pair in use answers, or none has been found yet. */
    WELL,
    /** It has not answered several checks: others are tried, and a relay in use may be gone. */
    DOUBTFUL,
    /**
     * And none of the others does while the application uses the path: a new offer, with addresses
     * learned anew, may help.
     */
    FAILING
  }

  void control(Pair from, ProvenMessage message, long now) {
    switch (message.kind()) {
      case REQUEST -> request(from, message, now);
      case RESPONSE -> response(from, message, now);
      case INDICATION -> end(Reason.CLOSED, "the other peer has closed its socket");
    }
  }

  void activity(long lastUse, long now) {
    upkeep.used(lastUse, now);
  }

  void early(Octets sealed, long now) {
    CheckedPair selected = agreement.selected();
    if (selected != null) {
      outputs.add(new PathOutput.Send(selected.pair(), sealed));
      return;
    }
    checks.takeAlong(sealed);
    for (CheckedPair pair : checklist.pairs()) {
      if (pair.isSourceProven() && checklist.mayCheck()) {
        checklist.count();
        checks.send(pair, now);
      }
    }
  }

  void rerouted(long now) {
    upkeep.reroute(now);
  }

  void abandon() {
    end(Reason.ABANDONED, "the path was abandoned");
  }

  private void request(Pair from, ProvenMessage message, long now) {
    SeenRequests.Verdict verdict = seen.judge(message.transaction(), from);
    CheckedPair known = checklist.at(from);
    if (verdict == SeenRequests.Verdict.REPLAYED) {
      answerReplayed(known, message);
      return;
    }
    CheckedPair pair = known == null ? checklist.learn(from, now) : known;
    if (pair == null) {
      return;
    }
    // Late comers may be replays of what was forgotten: only an answer of theirs proves them.
    boolean first = (known != null || !agreement.isSettled()) && proveSource(pair);
    boolean called = first || known == null || message.nominates() || agreement.isUpgrade(pair);
    if (called && !pair.isValid() && (agreement.isSettled() || checklist.mayCheck())) {
      // Before the answer: so the peer's data, which the answer allows, finds the path up on this
      // side too.
      checklist.count();
      checks.send(pair, now);
    }
    checks.answer(from, message.transaction());
    if (verdict == SeenRequests.Verdict.FRESH) {
      agreement.heed(pair, message.nominates(), now);
    }
  }

  /**
   * The copy may have come first: whoever overhears a check that a NAT drops could silence the peer
   * for good. So what comes from an address that the peer uses is answered, and means nothing else.
   */
  private void answerReplayed(@Nullable CheckedPair known, ProvenMessage message) {
    if (known != null) {
      checks.answer(known.pair(), message.transaction());
    }
  }

  private void response(Pair from, ProvenMessage message, long now) {
    // RFC 8445 section 7.2.5.2.1: an answer counts only from where the check went.
    CheckedPair pair = checklist.at(from);
    if (pair == null) {
      return;
    }
    TransactionId transaction = message.transaction();
    Check check = pair.check();
    if (check != null && check.transaction().equals(transaction) && !pair.isValid()) {
      proveSource(pair);
      pair.validate();
      agreement.validated(pair, now);
    }
    if (pair == agreement.selected()) {
      agreement.answered(transaction, now);
    }
  }

  private boolean proveSource(CheckedPair pair) {
    if (pair.isSourceProven()) {
      return false;
    }
    pair.proveSource();
    outputs.add(new PathOutput.SourceProven(pair.pair()));
    return true;
  }

  private void endSearch(long now) {
    agreement.endSearch(now);
    if (agreement.selected() == null) {
      end(new PathOutput.Failed(Reason.NO_PATH, noPath()));
    }
  }

  private void checkDue(long now) {
    if (!agreement.isSearching()) {
      return;
    }
    for (CheckedPair due = checklist.takeDue(now); due != null; due = checklist.takeDue(now)) {
      checks.send(due, now);
    }
  }

  private void keep(long now) {
    PathOutput.Down verdict = upkeep.verdict(now);
    if (verdict != null) {
      end(verdict);
      return;
    }
    if (upkeep.isWellAgain(now)) {
      agreement.recovered(now);
    }
    upkeep.tick(now);
  }

  private String noPath() {
    return FailureText.noPath("UDP", session, checklist.pairs());
  }

  private void end(Reason reason, String text) {
    end(
        agreement.selected() == null
            ? new PathOutput.Failed(reason, text)
            : new PathOutput.Down(reason, text));
  }

  private void end(PathOutput lastWord) {
    over = true;
    outputs.clear();
    outputs.add(lastWord);
  }
}
