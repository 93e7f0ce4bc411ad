package io.bradawl.runtime.session;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.signal.PathDescription;
import io.bradawl.protocol.signal.PathDescriptionCodec;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.runtime.address.PeerAliases;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.signal.Signalling;
import io.bradawl.runtime.signal.SignallingException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Matches answers to offers and offers to exposed services. All state belongs to the driver loop.
 */
public final class SessionBroker implements Sessions, Signalling.Receiver {

  /** Sessions that other peers opened and may still withdraw; the oldest is forgotten first. */
  static final int MAX_INCOMING = 4096;

  private final DriverLoop loop;
  private final Signalling signalling;
  private final PeerInstance self;
  private final @Nullable PeerName name;
  private final PeerAliases aliases;
  private final RandomGenerator random;
  private final Map<SessionId, OutgoingOffer> outgoing = new HashMap<>();
  private final Map<SessionId, OfferHandler> incoming =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionId, OfferHandler> eldest) {
          return size() > MAX_INCOMING;
        }
      };
  private final Map<Service, OfferHandler> exposed = new HashMap<>();

  /**
   * @param random draws session ids; must be unpredictable outside of tests
   */
  public SessionBroker(
      DriverLoop loop,
      Signalling signalling,
      PeerInstance self,
      @Nullable PeerName name,
      PeerAliases aliases,
      RandomGenerator random) {
    this.loop = loop;
    this.signalling = signalling;
    this.self = self;
    this.name = name;
    this.aliases = aliases;
    this.random = random;
  }

  @Override
  public SessionId offer(
      PeerRef to, Service service, PathDescription mine, Duration patience, OfferOutcome outcome) {
    SessionId session = new SessionId(random.nextLong(), random.nextLong());
    loop.execute(() -> open(session, to, service, mine, patience, outcome));
    return session;
  }

  private void open(
      SessionId session,
      PeerRef to,
      Service service,
      PathDescription mine,
      Duration patience,
      OfferOutcome outcome) {
    DriverLoop.Timer deadline =
        loop.at(loop.now() + patience.toNanos(), () -> expire(session, patience));
    outgoing.put(session, new OutgoingOffer(to, service, outcome, deadline));
    Signal.Offer offer =
        new Signal.Offer(
            session, self, name, aliases.target(to), service, PathDescriptionCodec.encode(mine));
    signalling.registered().whenCompleteAsync((ok, problem) -> sendOrFail(offer, problem), loop);
  }

  private void sendOrFail(Signal.Offer offer, @Nullable Throwable problem) {
    if (problem == null) {
      if (outgoing.containsKey(offer.session())) {
        signalling.send(offer);
      }
    } else {
      Reason reason =
          problem instanceof SignallingException known ? known.reason() : Reason.SERVER_ERROR;
      fail(offer.session(), reason, String.valueOf(problem.getMessage()));
    }
  }

  private void expire(SessionId session, Duration patience) {
    OutgoingOffer offer = outgoing.get(session);
    if (offer != null) {
      withdrawNow(session, offer.to);
      String text = offer.to + " did not answer within " + patience.toMillis() + " ms";
      fail(session, Reason.SERVER_ERROR, text);
    }
  }

  private void fail(SessionId session, Reason reason, String text) {
    OutgoingOffer offer = outgoing.remove(session);
    if (offer != null) {
      offer.deadline.cancel();
      offer.outcome.failed(reason, text);
    }
  }

  @Override
  public void withdraw(SessionId session, PeerRef to) {
    loop.execute(
        () -> {
          OutgoingOffer offer = outgoing.remove(session);
          if (offer != null) {
            offer.deadline.cancel();
          }
          withdrawNow(session, to);
        });
  }

  private void withdrawNow(SessionId session, PeerRef to) {
    signalling.send(new Signal.Withdrawal(session, self, aliases.target(to)));
  }

  @Override
  public void expose(Service service, OfferHandler handler) {
    loop.execute(
        () -> {
          exposed.put(service, handler);
          signalling.serve(Set.copyOf(exposed.keySet()));
        });
  }

  @Override
  public void conceal(Service service) {
    loop.execute(
        () -> {
          if (exposed.remove(service) != null) {
            signalling.serve(Set.copyOf(exposed.keySet()));
          }
        });
  }

  @Override
  public CompletableFuture<InetSocketAddress> rendezvous() {
    return signalling.server();
  }

  @Override
  public Duration rendezvousRtt() {
    return signalling.rtt();
  }

  @Override
  public void received(Signal.Indication signal) {
    if (signal instanceof Signal.Offer offer) {
      offered(offer);
    } else if (signal instanceof Signal.Answer answer) {
      answered(answer);
    } else if (signal instanceof Signal.Refusal refusal) {
      fail(refusal.session(), refusal.reason(), refusal.text());
    } else if (signal instanceof Signal.Withdrawal withdrawal) {
      withdrawn(withdrawal.session());
    }
  }

  private void withdrawn(SessionId session) {
    OfferHandler handler = incoming.remove(session);
    if (handler != null) {
      handler.withdrawn(session);
    }
  }

  private void answered(Signal.Answer answer) {
    OutgoingOffer offer = outgoing.remove(answer.session());
    if (offer == null) {
      return; // too late: already expired or withdrawn, and the other side was told
    }
    offer.deadline.cancel();
    try {
      PathDescription theirs = PathDescriptionCodec.decode(answer.description());
      offer.outcome.answered(answer.from(), theirs);
    } catch (WireFormatException e) {
      String text = offer.to + " sent an answer that cannot be read: " + e.getMessage();
      offer.outcome.failed(Reason.BAD_REQUEST, text);
    }
  }

  private void offered(Signal.Offer offer) {
    OfferHandler handler = exposed.get(offer.service());
    if (handler == null) {
      refuse(offer, Reason.NOT_LISTENING, "nothing listens on " + offer.service());
      return;
    }
    try {
      PathDescription theirs = PathDescriptionCodec.decode(offer.description());
      incoming.put(offer.session(), handler);
      handler.offered(new ReceivedOffer(offer, theirs));
    } catch (WireFormatException e) {
      refuse(offer, Reason.BAD_REQUEST, "the offer cannot be read: " + e.getMessage());
    }
  }

  private void refuse(Signal.Offer offer, Reason reason, String text) {
    incoming.remove(offer.session());
    signalling.send(new Signal.Refusal(offer.session(), offer.from(), reason, text));
  }

  private record OutgoingOffer(
      PeerRef to, Service service, OfferOutcome outcome, DriverLoop.Timer deadline) {}

  private final class ReceivedOffer implements IncomingOffer {

    private final Signal.Offer offer;
    private final PathDescription theirs;

    ReceivedOffer(Signal.Offer offer, PathDescription theirs) {
      this.offer = offer;
      this.theirs = theirs;
    }

    @Override
    public SessionId session() {
      return offer.session();
    }

    @Override
    public PeerInstance from() {
      return offer.from();
    }

    @Override
    public PeerRef fromRef() {
      PeerId id = offer.from().id();
      PeerName claimed = offer.fromName();
      return aliases.shown(id, claimed != null ? claimed : id);
    }

    @Override
    public PathDescription theirs() {
      return theirs;
    }

    @Override
    public void answer(PathDescription mine) {
      Signal.Answer answer =
          new Signal.Answer(offer.session(), self, offer.from(), PathDescriptionCodec.encode(mine));
      loop.execute(() -> signalling.send(answer));
    }

    @Override
    public void refuse(Reason reason, String text) {
      loop.execute(() -> SessionBroker.this.refuse(offer, reason, text));
    }
  }
}
