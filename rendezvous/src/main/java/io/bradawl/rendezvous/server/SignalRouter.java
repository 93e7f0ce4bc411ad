package io.bradawl.rendezvous.server;

import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.rendezvous.directory.Directory;
import io.bradawl.rendezvous.directory.Registration;
import io.bradawl.rendezvous.directory.Route;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers peers and carries what they say to each other. Everything happens on the one event loop
 * of all signalling connections.
 */
final class SignalRouter {

  /** Holders of one name that hear of a withdrawal; those who know no such session ignore it. */
  private static final int MOST_HOLDERS = 16;

  private static final Logger LOG = LoggerFactory.getLogger("rendezvous");

  private final Directory<PeerConnection> directory = new Directory<>();
  private final Limits limits;

  SignalRouter(Limits limits) {
    this.limits = limits;
  }

  Signal.Response answer(PeerConnection connection, Signal.Request request) {
    return request.match(register -> register(connection, register), this::lookup);
  }

  void carry(PeerConnection connection, Signal.Indication indication) {
    indication.match(
        offer -> offer(connection, offer),
        answer -> deliver(connection, answer.from(), answer.to(), answer),
        refusal -> deliver(connection, null, refusal.to(), refusal),
        withdrawal -> withdraw(connection, withdrawal));
  }

  void left(PeerConnection connection, String reason) {
    Registration<PeerConnection> gone = directory.remove(connection);
    if (gone != null) {
      LOG.info("peer left id={} name={} reason={}", gone.self().id(), label(gone), reason);
    }
  }

  private Signal.Response register(PeerConnection connection, Signal.Register register) {
    Registration<PeerConnection> before = directory.of(connection);
    if (before != null && !before.self().equals(register.self())) {
      return new Signal.Rejected(
          Reason.NOT_ALLOWED,
          "this connection is registered as " + before.self() + "; open another");
    }
    Registration<PeerConnection> replaced = directory.register(connection, register);
    Registration<PeerConnection> now = Objects.requireNonNull(directory.of(connection));
    if (replaced != null) {
      LOG.info(
          "peer left id={} name={} reason=came back over another connection",
          replaced.self().id(),
          label(replaced));
      replaced.connection().close("replaced by another connection of the same process");
    }
    if (before == null) {
      LOG.info(
          "peer joined id={} name={} from={} services={}",
          now.self().id(),
          label(now),
          connection.address(),
          now.serviceList());
    } else if (!before.equals(now)) {
      LOG.info(
          "peer changed id={} name={} services={}", now.self().id(), label(now), now.serviceList());
    }
    return new Signal.Registered(connection.address(), limits.silence());
  }

  private Signal.Response lookup(Signal.Lookup lookup) {
    Registration<PeerConnection> peer = directory.newest(lookup.whom());
    return peer != null
        ? new Signal.Found(peer.self().id(), peer.name())
        : new Signal.Rejected(Reason.UNKNOWN_PEER, "no peer " + lookup.whom() + " is registered");
  }

  private boolean offer(PeerConnection connection, Signal.Offer offer) {
    Registration<PeerConnection> sender = directory.of(connection);
    if (sender == null
        || !sender.self().equals(offer.from())
        || !Objects.equals(sender.name(), offer.fromName())) {
      return refuse(connection, offer, Reason.NOT_ALLOWED, "sender is not who registered here");
    }
    Route<PeerConnection> route = directory.route(offer.to(), offer.service());
    if (route instanceof Route.To<PeerConnection> to) {
      log(offer, "routed");
      return to.peer().connection().send(offer);
    }
    return route instanceof Route.NotListening
        ? refuse(connection, offer, Reason.NOT_LISTENING, "not listening")
        : refuse(connection, offer, Reason.UNKNOWN_PEER, "unknown peer");
  }

  private static boolean refuse(
      PeerConnection connection, Signal.Offer offer, Reason reason, String why) {
    log(offer, why);
    return connection.send(
        new Signal.Refusal(
            offer.session(),
            offer.from(),
            reason,
            offer.to() + " " + offer.service() + ": " + why));
  }

  private boolean deliver(
      PeerConnection connection,
      @Nullable PeerInstance from,
      PeerInstance to,
      Signal.Indication indication) {
    Registration<PeerConnection> sender = directory.of(connection);
    Registration<PeerConnection> recipient = directory.of(to);
    boolean genuine = sender != null && (from == null || sender.self().equals(from));
    if (genuine && recipient != null) {
      return recipient.connection().send(indication);
    }
    LOG.debug(
        "session={} from {} to {} dropped: {}",
        indication.session(),
        connection.address(),
        to,
        genuine ? "recipient has left" : "sender is not who registered here");
    return false;
  }

  private boolean withdraw(PeerConnection connection, Signal.Withdrawal withdrawal) {
    Registration<PeerConnection> sender = directory.of(connection);
    if (sender == null || !sender.self().equals(withdrawal.from())) {
      return false;
    }
    Collection<Registration<PeerConnection>> holders =
        List.copyOf(directory.holders(withdrawal.to()));
    holders.stream().limit(MOST_HOLDERS).forEach(holder -> holder.connection().send(withdrawal));
    return !holders.isEmpty();
  }

  private static void log(Signal.Offer offer, String outcome) {
    LOG.info(
        "offer session={} from={} to={} service={} -> {}",
        offer.session(),
        offer.fromName() != null ? offer.fromName() : offer.from().id(),
        offer.to(),
        offer.service(),
        outcome);
  }

  private static Object label(Registration<PeerConnection> registration) {
    return registration.name() != null ? registration.name() : "-";
  }
}
