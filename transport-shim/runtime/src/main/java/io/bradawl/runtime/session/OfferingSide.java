package io.bradawl.runtime.session;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.noise.Agreement;
import io.bradawl.protocol.noise.Membership;
import io.bradawl.protocol.noise.NoiseException;
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
  private final Map<SessionId, OpenOffer> open = new HashMap<>();
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
    OpenOffer offer = new OpenOffer(session, to, service, mine, outcome, loop, deadline);
    open.put(session, offer);
    find(offer);
  }

  private void find(OpenOffer offer) {
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
    OpenOffer offer = open.remove(session);
    if (offer != null) {
      offer.end();
    }
  }

  void answered(Signal.Answer answer) {
    OpenOffer offer = open.get(answer.session());
    OpenOffer.Sent sent = offer == null ? null : offer.sent;
    if (offer == null || sent == null || !answer.from().id().equals(sent.to())) {
      return; // too late, or from somebody who was not asked
    }
    open.remove(answer.session());
    offer.cancelTimers();
    try {
      Agreement agreement = sent.sealed().accept(answer.description());
      offer.outcome.answered(
          seal.agreed(offer.session, sent.mine(), answer.from(), agreement, loop.now()));
    } catch (NoiseException | WireFormatException e) {
      finder.forget(offer.to, sent.to());
      offer.outcome.failed(
          Reason.NOT_ALLOWED, "the answer of " + offer.to + " does not open: " + e.getMessage());
    }
  }

  void refused(Signal.Refusal refusal) {
    OpenOffer offer = open.get(refusal.session());
    if (offer == null) {
      return;
    }
    boolean unknown = refusal.reason() == Reason.UNKNOWN_PEER;
    if (!unknown && refusal.reason() != Reason.TRY_ALTERNATE) {
      fail(offer, refusal.reason(), text(offer, refusal));
    } else if (offer.sent == null) {
      return; // of an offer that was sent more than once and refused before
    } else if (unknown && isMoving()) {
      offer.retryIn(LOOKING_AGAIN, () -> sendAgain(offer));
    } else if (!lookAgain(offer, offer.sent.to())) {
      fail(offer, refusal.reason(), text(offer, refusal));
    }
  }

  /**
   * Looks for another holder of the name than {@code instead}. Every time the offer was sent it may
   * have drawn a refusal; a single node sends all of these before it answers the look-up.
   *
   * @return whether that can help
   */
  private boolean lookAgain(OpenOffer offer, PeerId instead) {
    finder.forget(offer.to, instead);
    long pause = offer.isFirstLook() ? 0 : LOOKING_AGAIN;
    if (!finder.isName(offer.to) || !offer.looksAgain()) {
      return false;
    }
    offer.takeBack();
    offer.retryIn(
        pause,
        () ->
            finder
                .ask(offer.to, offer.service)
                .whenCompleteAsync((peer, problem) -> sendOrFail(offer, peer, problem), loop));
    return true;
  }

  private boolean isMoving() {
    return moved && loop.now() - movedAt < MOVING;
  }

  /** What concerns access is said in our own words: a refusal is not sealed. */
  private static String text(OpenOffer offer, Signal.Refusal refusal) {
    return refusal.reason() == Reason.NOT_ALLOWED
        ? offer.to + " does not allow this peer"
        : refusal.text();
  }

  private void sendOrFail(OpenOffer offer, @Nullable FoundPeer peer, @Nullable Throwable problem) {
    if (open.get(offer.session) != offer) {
      return; // expired or given up meanwhile
    }
    if (peer == null) {
      Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
      Reason reason = cause instanceof SignallingException e ? e.reason() : Reason.SERVER_ERROR;
      if (reason == Reason.UNKNOWN_PEER && isMoving()) {
        offer.retryIn(LOOKING_AGAIN, () -> find(offer));
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

  private void send(OpenOffer offer, FoundPeer peer) throws NoiseException {
    PeerId to = peer.id();
    PathDescription description = describe(offer.mine, peer.membership());
    SessionContext context = new SessionContext(offer.session, offer.service, self.id(), to);
    OpenOffer.Sent sent =
        new OpenOffer.Sent(to, description, seal.offer(context, description, peer.membership()));
    offer.sent(sent);
    offer.retryAfter = FIRST_RETRY;
    sendAgain(offer);
  }

  /** The same offer, octet by octet: its receiver answers it once, or repeats that answer. */
  private void sendAgain(OpenOffer offer) {
    OpenOffer.Sent sent = offer.sent;
    if (sent != null) {
      offer.retryIn(offer.retryAfter, () -> sendAgain(offer));
      offer.retryAfter *= 2;
      signalling.send(
          new Signal.Offer(offer.session, self, sent.to(), offer.service, sent.sealed().message()));
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
    OpenOffer offer = open.get(session);
    if (offer != null) {
      if (offer.sent != null) {
        signalling.send(new Signal.Withdrawal(session, self, offer.sent.to()));
      }
      String text = offer.to + " did not answer within " + patience.toMillis() + " ms";
      fail(offer, Reason.SERVER_ERROR, text);
    }
  }

  private void fail(OpenOffer offer, Reason reason, String text) {
    if (open.remove(offer.session, offer)) {
      offer.end();
      offer.outcome.failed(reason, text);
    }
  }
}
