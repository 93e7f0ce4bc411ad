package io.bradawl.protocol.path.udp;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.FailureText;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.Proof;
import io.bradawl.protocol.path.ProvenMessage;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.path.udp.PathOutput.Reason;
import io.bradawl.protocol.stun.TransactionId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Finds and keeps one UDP path between two peers: ICE (RFC 8445) cut down to one component, one
 * local socket and fixed roles.
 *
 * <p>Both sides check all addresses of the other. Whoever's check is answered first has a path and
 * may send at once; the offerer moves on to a better address that proves valid within {@value
 * #BETTER_MILLIS} ms and then nominates, so both end with the same pair. A check from an address
 * that was not told is a peer-reflexive candidate, since only the peer can have made it. Nothing of
 * a wrong host with the same private address can be proven, so it cannot win.
 *
 * <p>Checks go on being repeated until the deadline: a NAT drops what comes before its own side has
 * sent. Once settled, {@link Consent} keeps the path or finds it dead. After that the machine is
 * over; a new path takes a new offer.
 */
public final class UdpPath implements Machine<PathInput, PathOutput> {

  /** Remote addresses that are checked, learned ones included. */
  public static final int MAX_REMOTES = 16;

  /** A path that nobody uses for so long is given up. */
  public static final Duration MAX_IDLE = Duration.ofMinutes(5);

  private final PathSession session;
  private final Proof proof;
  private final RandomGenerator random;
  private final Checklist checklist;
  private final SeenRequests seen = new SeenRequests();
  private final Nomination nomination = new Nomination();
  private final Queue<PathOutput> outputs = new ArrayDeque<>();
  private @Nullable Remote selected;
  private @Nullable Consent consent;
  private boolean settled;
  private boolean over;

  /**
   * Before {@link PathSession#startAt} nothing is sent except to addresses from which the peer has
   * got through already.
   *
   * @param random draws transaction ids and jitter; a {@code SecureRandom} outside simulations
   */
  public UdpPath(PathSession session, RandomGenerator random) {
    this.session = session;
    this.proof = session.proof();
    this.random = random;
    this.checklist = new Checklist(session);
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
    if (now >= session.deadline()) {
      settled = true;
      if (selected == null) {
        end(new PathOutput.Failed(Reason.NO_PATH, noPath()));
        return;
      }
    }
    checkDue(now);
    nominateDue(now);
    keepConsent(now);
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
    long next = selected == null ? session.deadline() : NEVER;
    if (consent != null) {
      next = Math.min(next, consent.nextDue());
    }
    if (!settled) {
      next = Math.min(next, checklist.nextDue());
      next = Math.min(next, nomination.nextDue());
    }
    return next;
  }

  /**
   * Whether the machine is over: {@link PathOutput.Down} or {@link PathOutput.Failed} was its last
   * word.
   */
  public boolean isOver() {
    return over;
  }

  void control(TransportAddress from, ProvenMessage message, long now) {
    switch (message.kind()) {
      case REQUEST -> request(from, message, now);
      case RESPONSE -> response(from, message, now);
      case INDICATION -> end(Reason.CLOSED, "the other peer has closed its socket");
    }
  }

  void activity(long lastUse, long now) {
    if (consent != null) {
      consent.used(lastUse, now);
    }
  }

  void abandon() {
    end(Reason.ABANDONED, "the path was abandoned");
  }

  private void request(TransportAddress from, ProvenMessage message, long now) {
    Remote remote = checklist.at(from);
    if (!settled) {
      if (!seen.isFirstFrom(message.transaction(), from)) {
        return;
      }
      remote = remote == null ? checklist.learn(from, now) : remote;
    }
    if (remote == null) {
      return;
    }
    boolean first = proveSource(remote);
    if (first && !remote.isValid() && checklist.mayCheck()) {
      // Before the answer: so the peer's data, which the answer allows, finds the path up on this
      // side too.
      checklist.count();
      check(remote, now);
    }
    outputs.add(new PathOutput.Send(from, proof.response(message.transaction(), from)));
    if (message.nominates() && session.role() == Role.ANSWERER) {
      remote.nominate();
      settleIfAgreed(remote, now);
    }
  }

  private void response(TransportAddress from, ProvenMessage message, long now) {
    // RFC 8445 section 7.2.5.2.1: an answer counts only from where the check went.
    Remote remote = checklist.at(from);
    if (remote == null) {
      return;
    }
    TransactionId transaction = message.transaction();
    Check check = remote.check();
    if (check != null && check.transaction().equals(transaction) && !remote.isValid()) {
      proveSource(remote);
      remote.validate();
      validated(remote, now);
    }
    if (remote == selected) {
      settled |= nomination.isAnsweredBy(transaction);
      if (consent != null) {
        consent.answered(transaction, now);
      }
    }
  }

  private boolean proveSource(Remote remote) {
    if (remote.isSourceProven()) {
      return false;
    }
    remote.proveSource();
    outputs.add(new PathOutput.SourceProven(remote.address()));
    return true;
  }

  private void validated(Remote remote, long now) {
    if (selected == null) {
      select(remote, now);
      outputs.add(new PathOutput.Up(remote.address(), remote.kind()));
      if (session.role() == Role.OFFERER) {
        nomination.prepare(now);
      }
    } else if (session.role() == Role.OFFERER
        && !nomination.isMade()
        && isBetter(remote, selected)) {
      change(remote, now);
    }
    settleIfAgreed(remote, now);
    nominateDue(now);
  }

  private static boolean isBetter(Remote one, Remote other) {
    return one.priority() > other.priority();
  }

  /** RFC 8445 section 7.3.1.5: a nomination holds once the own check has succeeded too. */
  private void settleIfAgreed(Remote remote, long now) {
    if (settled || !remote.isNominated() || !remote.isValid()) {
      return;
    }
    settled = true;
    if (remote != selected) {
      change(remote, now);
    }
  }

  private void change(Remote remote, long now) {
    select(remote, now);
    outputs.add(new PathOutput.Changed(remote.address(), remote.kind()));
  }

  private void select(Remote remote, long now) {
    selected = remote;
    consent = new Consent(random, now);
  }

  private void checkDue(long now) {
    if (settled) {
      return;
    }
    for (Remote due = checklist.takeDue(now); due != null; due = checklist.takeDue(now)) {
      check(due, now);
    }
  }

  private void check(Remote remote, long now) {
    Check check = remote.check();
    if (check == null) {
      TransactionId transaction = TransactionId.draw(random);
      check = new Check(transaction, proof.request(transaction, false));
      remote.begin(check);
    }
    outputs.add(new PathOutput.Send(remote.address(), check.send(now)));
  }

  private void nominateDue(long now) {
    Remote nominee = selected;
    if (settled || nominee == null || session.role() != Role.OFFERER) {
      return;
    }
    if (nomination.isReady(checklist.hasHopeAbove(nominee), now)) {
      TransactionId transaction = TransactionId.draw(random);
      nomination.make(new Check(transaction, proof.request(transaction, true)));
    }
    Check due = nomination.dueAt(now);
    if (due != null) {
      outputs.add(new PathOutput.Send(nominee.address(), due.send(now)));
    }
  }

  private void keepConsent(long now) {
    Remote remote = selected;
    if (consent == null || remote == null) {
      return;
    }
    PathOutput.Down verdict = consent.verdict(remote.address(), now);
    if (verdict != null) {
      end(verdict);
    } else if (consent.isCheckDue(now)) {
      outputs.add(new PathOutput.Send(remote.address(), proof.request(consent.check(now), false)));
    }
  }

  private String noPath() {
    return FailureText.noPath("UDP", session, checklist.remotes());
  }

  private void end(Reason reason, String text) {
    end(selected == null ? new PathOutput.Failed(reason, text) : new PathOutput.Down(reason, text));
  }

  private void end(PathOutput lastWord) {
    over = true;
    outputs.clear();
    outputs.add(lastWord);
  }
}
