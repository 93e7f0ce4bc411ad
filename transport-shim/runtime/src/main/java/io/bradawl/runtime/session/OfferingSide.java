package io.bradawl.runtime.session;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.noise.Agreement;
import io.bradawl.protocol.noise.Membership;
import io.bradawl.protocol.noise.NoiseException;
import io.bradawl.protocol.noise.Offering;
import io.bradawl.protocol.noise.SessionContext;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.realm.NameClaim;
import io.bradawl.protocol.signal.PathDescription;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.runtime.address.FoundPeer;
import io.bradawl.runtime.address.PeerFinder;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.signal.Signalling;
import io.bradawl.runtime.signal.SignallingException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Offers of this peer and what becomes of them. Only to be used on the driver loop. */
final class OfferingSide {

  /** Until an offer is sent again if nothing is heard; doubles. The way there may be lost. */
  private static final long FIRST_RETRY = Duration.ofSeconds(1).toNanos();

  /**
   * For how long after this peer has moved to another node others may still be on their way, so
   * that it means nothing that they are not known there.
   */
  private static final long MOVING = Duration.ofSeconds(3).toNanos();

  private static final long LOOKING_AGAIN = Duration.ofMillis(500).toNanos();

  private final DriverLoop loop;
  private final Signalling signalling;
  private final PeerFinder finder;
  private final SessionSeal seal;
  private final PeerInstance self;
  private final @Nullable NameClaim claim;
  private final Map<SessionId, Open> open = new HashMap<>();
  private boolean registered;
  private boolean moved;
  private long movedAt;

  OfferingSide(
      DriverLoop loop,
      Signalling signalling,
      PeerFinder finder,
      SessionSeal seal,
      PeerInstance self,
      @Nullable NameClaim claim) {
    this.loop = loop;
    this.signalling = signalling;
    this.finder = finder;
    this.seal = seal;
    this.self = self;
    this.claim = claim;
  }

  void offer(
      SessionId session,
      PeerRef to,
      Service service,
      PathEnd mine,
      Duration patience,
      Sessions.OfferOutcome outcome) {
    DriverLoop.Timer deadline =
        loop.at(loop.now() + patience.toNanos(), () -> expire(session, patience));
    Open offer = new Open(session, to, service, mine, outcome, deadline);
    open.put(session, offer);
    find(offer);
  }

  private void find(Open offer) {
    signalling
        .registered()
        .thenComposeAsync(ok -> finder.find(offer.to), loop)
        .whenCompleteAsync((peer, problem) -> sendOrFail(offer, peer, problem), loop);
  }

  /** What was sent over an earlier connection to the rendezvous may be lost. */
  void sendAgain() {
    moved = registered;
    movedAt = loop.now();
    registered = true;
    List.copyOf(open.values()).forEach(this::sendAgain);
  }

  /** Forgets an offer that its maker gives up. */
  void drop(SessionId session) {
    Open offer = open.remove(session);
    if (offer != null) {
      offer.end();
    }
  }

  void answered(Signal.Answer answer) {
    Open offer = open.get(answer.session());
    Sent sent = offer == null ? null : offer.sent;
    if (offer == null || sent == null || !answer.from().id().equals(sent.to)) {
      return; // too late, or from somebody who was not asked
    }
    open.remove(answer.session());
    offer.cancelTimers();
    try {
      Agreement agreement = sent.sealed.accept(answer.description());
      offer.outcome.answered(
          seal.agreed(offer.session, sent.mine, answer.from(), agreement, loop.now()));
    } catch (NoiseException | WireFormatException e) {
      finder.forget(offer.to, sent.to);
      offer.outcome.failed(
          Reason.NOT_ALLOWED, "the answer of " + offer.to + " does not open: " + e.getMessage());
    }
  }

  void refused(Signal.Refusal refusal) {
    Open offer = open.get(refusal.session());
    if (offer == null) {
      return;
    }
    Sent sent = offer.sent;
    boolean elsewhere =
        refusal.reason() == Reason.UNKNOWN_PEER || refusal.reason() == Reason.TRY_ALTERNATE;
    if (refusal.reason() == Reason.UNKNOWN_PEER && sent != null && isMoving()) {
      offer.retryAt(loop, loop.now() + LOOKING_AGAIN, () -> sendAgain(offer));
    } else if (elsewhere && sent != null && offer.asksAgain() && finder.forget(offer.to, sent.to)) {
      finder
          .ask(offer.to, offer.service)
          .whenCompleteAsync((peer, problem) -> sendOrFail(offer, peer, problem), loop);
    } else {
      fail(offer, refusal.reason(), text(offer, refusal));
    }
  }

  private boolean isMoving() {
    return moved && loop.now() - movedAt < MOVING;
  }

  /** What concerns access is said in our own words: a refusal is not sealed. */
  private static String text(Open offer, Signal.Refusal refusal) {
    return refusal.reason() == Reason.NOT_ALLOWED
        ? offer.to + " does not allow this peer"
        : refusal.text();
  }

  private void sendOrFail(Open offer, @Nullable FoundPeer peer, @Nullable Throwable problem) {
    if (open.get(offer.session) != offer) {
      return; // expired or given up meanwhile
    }
    if (peer == null) {
      Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
      Reason reason = cause instanceof SignallingException e ? e.reason() : Reason.SERVER_ERROR;
      if (reason == Reason.UNKNOWN_PEER && isMoving()) {
        offer.retryAt(loop, loop.now() + LOOKING_AGAIN, () -> find(offer));
        return;
      }
      fail(offer, reason, cause == null ? "look-up failed" : String.valueOf(cause.getMessage()));
      return;
    }
    try {
      send(offer, peer);
    } catch (NoiseException e) {
      fail(
          offer, Reason.BAD_REQUEST, "no offer can be made to " + offer.to + ": " + e.getMessage());
    }
  }

  private void send(Open offer, FoundPeer peer) throws NoiseException {
    PeerId to = peer.id();
    PathDescription description = describe(offer.mine, peer.membership());
    SessionContext context = new SessionContext(offer.session, offer.service, self.id(), to);
    Sent sent = new Sent(to, description, seal.offer(context, description, peer.membership()));
    offer.sent(sent);
    offer.retryAfter = FIRST_RETRY;
    sendAgain(offer);
  }

  /** The same offer, octet by octet: its receiver answers it once, or repeats that answer. */
  private void sendAgain(Open offer) {
    Sent sent = offer.sent;
    if (sent != null) {
      offer.retryAt(loop, loop.now() + offer.retryAfter, () -> sendAgain(offer));
      offer.retryAfter *= 2;
      signalling.send(
          new Signal.Offer(offer.session, self, sent.to, offer.service, sent.sealed.message()));
    }
  }

  /** The name is told to members only; others could not verify it. */
  private PathDescription describe(PathEnd mine, Membership membership) {
    return new PathDescription(
        mine.port(),
        signalling.rtt(),
        mine.security(),
        mine.candidates(),
        membership == Membership.REALM ? claim : null);
  }

  private void expire(SessionId session, Duration patience) {
    Open offer = open.get(session);
    if (offer != null) {
      if (offer.sent != null) {
        signalling.send(new Signal.Withdrawal(session, self, offer.sent.to));
      }
      String text = offer.to + " did not answer within " + patience.toMillis() + " ms";
      fail(offer, Reason.SERVER_ERROR, text);
    }
  }

  private void fail(Open offer, Reason reason, String text) {
    if (open.remove(offer.session, offer)) {
      offer.end();
      offer.outcome.failed(reason, text);
    }
  }

  /** An offer that waits for its answer. */
  private static final class Open {

    final SessionId session;
    final PeerRef to;
    final Service service;
    final PathEnd mine;
    final Sessions.OfferOutcome outcome;
    final DriverLoop.Timer deadline;
    @Nullable Sent sent;
    long retryAfter;
    private DriverLoop.@Nullable Timer retry;
    private boolean askedAgain;

    Open(
        SessionId session,
        PeerRef to,
        Service service,
        PathEnd mine,
        Sessions.OfferOutcome outcome,
        DriverLoop.Timer deadline) {
      this.session = session;
      this.to = to;
      this.service = service;
      this.mine = mine;
      this.outcome = outcome;
      this.deadline = deadline;
    }

    /** Once: whatever is found then has to do. */
    boolean asksAgain() {
      boolean first = !askedAgain;
      askedAgain = true;
      return first;
    }

    void sent(Sent now) {
      wipe();
      sent = now;
    }

    void retryAt(DriverLoop loop, long when, Runnable again) {
      if (retry != null) {
        retry.cancel();
      }
      retry = loop.at(when, again);
    }

    void cancelTimers() {
      deadline.cancel();
      if (retry != null) {
        retry.cancel();
      }
    }

    void end() {
      cancelTimers();
      wipe();
    }

    private void wipe() {
      if (sent != null) {
        sent.sealed.close();
      }
    }
  }

  /** What was sent to whom. */
  private record Sent(PeerId to, PathDescription mine, Offering sealed) {}
}
