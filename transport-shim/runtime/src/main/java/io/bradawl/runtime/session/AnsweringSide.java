package io.bradawl.runtime.session;

import io.bradawl.protocol.access.AccessPolicy;
import io.bradawl.protocol.access.Applicant;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.noise.Agreement;
import io.bradawl.protocol.noise.Answering;
import io.bradawl.protocol.noise.Membership;
import io.bradawl.protocol.noise.NoiseException;
import io.bradawl.protocol.noise.SessionContext;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers of other peers to services of this one. Only to be used on the driver loop. */
final class AnsweringSide {

  /** Sessions that other peers may still withdraw or ask for again; the oldest is forgotten. */
  private static final int MAX_SESSIONS = 4096;

  private static final Logger log = LoggerFactory.getLogger("bradawl.session");

  private final DriverLoop loop;
  private final Signalling signalling;
  private final PeerAliases aliases;
  private final SessionSeal seal;
  private final PeerInstance self;
  private final Doorkeeper doorkeeper;
  private final Map<Service, Sessions.OfferHandler> exposed = new HashMap<>();
  private final Map<SessionId, Heard> sessions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionId, Heard> eldest) {
          return size() > MAX_SESSIONS;
        }
      };
  private final RecentReplies replies = new RecentReplies(MAX_SESSIONS);

  AnsweringSide(
      DriverLoop loop,
      Signalling signalling,
      PeerAliases aliases,
      SessionSeal seal,
      PeerInstance self,
      AccessPolicy allow) {
    this.loop = loop;
    this.signalling = signalling;
    this.aliases = aliases;
    this.seal = seal;
    this.self = self;
    this.doorkeeper = new Doorkeeper(allow);
  }

  void expose(Service service, Sessions.OfferHandler handler) {
    exposed.put(service, handler);
    signalling.serve(Set.copyOf(exposed.keySet()));
  }

  void conceal(Service service) {
    if (exposed.remove(service) != null) {
      signalling.serve(Set.copyOf(exposed.keySet()));
    }
  }

  void offered(Signal.Offer offer) {
    Heard earlier = sessions.get(offer.session());
    if (earlier != null && earlier.from.equals(offer.from())) {
      repeat(offer.session());
      return;
    }
    Sessions.OfferHandler handler = exposed.get(offer.service());
    if (handler == null) {
      refuse(offer, Reason.NOT_LISTENING, "nothing listens on " + offer.service());
      return;
    }
    SessionContext context =
        new SessionContext(offer.session(), offer.service(), offer.from().id(), self.id());
    try {
      Answering opened = seal.open(context, offer.description());
      if (!seal.isNew(context)) {
        // To refuse it would end the session of the peer that made it once.
        log.warn("an offer of {} was delivered twice; a rendezvous replays it", offer.from());
        opened.close();
        return;
      }
      admit(offer, opened, read(offer, opened), handler);
    } catch (NoiseException | WireFormatException e) {
      log.warn("an offer of {} was refused: {}", offer.from(), e.getMessage());
      refuse(offer, Reason.BAD_REQUEST, "the offer does not open: " + e.getMessage());
    }
  }

  private static PathDescription read(Signal.Offer offer, Answering opened)
      throws WireFormatException {
    try {
      return PathDescriptionCodec.decode(opened.payload(), offer.from().id());
    } catch (WireFormatException e) {
      opened.close();
      throw e;
    }
  }

  private void admit(
      Signal.Offer offer, Answering opened, PathDescription theirs, Sessions.OfferHandler handler) {
    Applicant peer =
        new Applicant(
            offer.from().id(),
            opened.membership() == Membership.REALM,
            aliases.namesOf(offer.from().id(), seal.verifiedName(theirs)));
    if (doorkeeper.admits(peer, offer.service(), loop.now())) {
      sessions.put(offer.session(), new Heard(offer.from(), handler, opened));
      handler.offered(new Received(offer, opened, theirs));
    } else {
      opened.close();
      refuse(offer, Reason.NOT_ALLOWED, "this peer does not allow it");
    }
  }

  void withdrawn(SessionId session) {
    Heard heard = sessions.remove(session);
    if (heard != null) {
      heard.wipe();
      heard.handler.withdrawn(session);
    }
  }

  private void refuse(Signal.Offer offer, Reason reason, String text) {
    reply(new Signal.Refusal(offer.session(), offer.from(), reason, text));
  }

  private void reply(Signal.Indication reply) {
    if (sessions.containsKey(reply.session())) {
      replies.add(reply, loop.now());
    }
    signalling.send(reply);
  }

  /**
   * The same again, octet by octet. It tells a rendezvous that replays the offer nothing that it
   * has not carried already.
   */
  private void repeat(SessionId session) {
    Signal.Indication reply = replies.to(session, loop.now());
    if (reply != null) {
      signalling.send(reply);
    }
  }

  /** An offer that was let in. */
  private static final class Heard {

    final PeerInstance from;
    final Sessions.OfferHandler handler;

    /** Until it is answered. */
    @Nullable Answering opened;

    Heard(PeerInstance from, Sessions.OfferHandler handler, Answering opened) {
      this.from = from;
      this.handler = handler;
      this.opened = opened;
    }

    void wipe() {
      if (opened != null) {
        opened.close();
        opened = null;
      }
    }
  }

  private final class Received implements Sessions.IncomingOffer {

    private final Signal.Offer offer;
    private final Answering opened;
    private final PathDescription theirs;

    Received(Signal.Offer offer, Answering opened, PathDescription theirs) {
      this.offer = offer;
      this.opened = opened;
      this.theirs = theirs;
    }

    @Override
    public SessionId session() {
      return offer.session();
    }

    @Override
    public PeerRef peer() {
      PeerId id = offer.from().id();
      PeerName claimed = seal.verifiedName(theirs);
      return aliases.shown(id, claimed != null ? claimed : id);
    }

    @Override
    public PathEnd theirs() {
      return new PathEnd(theirs.port(), theirs.security(), theirs.candidates());
    }

    @Override
    public AgreedSession answer(PathEnd mine) {
      PathDescription description =
          new PathDescription(
              mine.port(), signalling.rtt(), mine.security(), mine.candidates(), null);
      try {
        settle();
        Agreement agreement = opened.seal(PathDescriptionCodec.encode(description));
        reply(new Signal.Answer(offer.session(), self, offer.from(), agreement.octets()));
        return seal.agreed(
            offer.session(), description, offer.from(), theirs, agreement.keys(), loop.now());
      } catch (NoiseException e) {
        throw new IllegalStateException("an offer that opened can be answered", e);
      }
    }

    @Override
    public void refuse(Reason reason, String text) {
      settle();
      opened.close();
      AnsweringSide.this.refuse(offer, reason, text);
    }

    private void settle() {
      Heard heard = sessions.get(offer.session());
      if (heard != null) {
        heard.opened = null;
      }
    }
  }
}
