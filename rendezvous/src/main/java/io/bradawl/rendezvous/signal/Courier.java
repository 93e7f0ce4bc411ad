package io.bradawl.rendezvous.signal;

import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.rendezvous.admission.Quotas;
import io.bradawl.rendezvous.directory.Registration;
import io.bradawl.rendezvous.directory.Registry;
import io.bradawl.rendezvous.directory.Route;
import io.bradawl.rendezvous.directory.Routing;
import io.bradawl.rendezvous.net.RateLimits;
import org.jspecify.annotations.Nullable;

/** Carries what peers say to each other: offers, and what comes of them. */
final class Courier {

  private final Registrar registrar;
  private final Registry<PeerConnection> registry;
  private final Routing routing;
  private final RateLimits<PeerId> offers;
  private final SignalJournal journal;

  /**
   * @param registry of this node and all others
   */
  Courier(
      Registrar registrar,
      Registry<PeerConnection> registry,
      Quotas quotas,
      SignalJournal journal) {
    this.registrar = registrar;
    this.registry = registry;
    this.routing = new Routing(registry);
    this.offers = new RateLimits<>(quotas.offersPerPeer());
    this.journal = journal;
  }

  void carry(PeerConnection connection, Signal.Indication indication) {
    indication.match(
        offer -> offer(connection, offer),
        answer -> deliver(connection, answer.from(), answer.to(), answer),
        refusal -> deliver(connection, null, refusal.to(), refusal),
        withdrawal -> withdraw(connection, withdrawal));
  }

  private boolean offer(PeerConnection connection, Signal.Offer offer) {
    Registration<PeerConnection> sender = registrar.sender(connection);
    if (sender == null || !sender.self().equals(offer.from())) {
      return refuse(connection, offer, Reason.NOT_ALLOWED, "sender is not who registered here");
    }
    if (!offers.take(sender.self().id(), System.nanoTime())) {
      return refuse(connection, offer, Reason.QUOTA, "too many offers a second");
    }
    routing.route(
        sender.realm(), offer.to(), offer.service(), route -> follow(route, connection, offer));
    return true;
  }

  private boolean follow(Route route, PeerConnection connection, Signal.Offer offer) {
    if (route instanceof Route.To to) {
      journal.routed(connection, offer, to.peer());
      return to.peer().connection().send(offer);
    }
    if (route instanceof Route.Elsewhere) {
      return refuse(connection, offer, Reason.TRY_ALTERNATE, "another peer of that name serves it");
    }
    return route instanceof Route.NotListening
        ? refuse(connection, offer, Reason.NOT_LISTENING, "not listening")
        : refuse(connection, offer, Reason.UNKNOWN_PEER, "unknown peer");
  }

  private boolean refuse(PeerConnection connection, Signal.Offer offer, Reason reason, String why) {
    journal.refused(connection, offer, reason, why);
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
    Registration<PeerConnection> sender = registrar.sender(connection);
    if (sender == null || from != null && !sender.self().equals(from)) {
      journal.dropped(connection, indication, "sender is not who registered here");
      return false;
    }
    registry.find(
        to,
        recipient -> {
          if (recipient == null || !recipient.connection().send(indication)) {
            journal.dropped(connection, indication, "its recipient has left");
          }
        });
    return true;
  }

  private boolean withdraw(PeerConnection connection, Signal.Withdrawal withdrawal) {
    Registration<PeerConnection> sender = registrar.sender(connection);
    if (sender == null || !sender.self().equals(withdrawal.from())) {
      return false;
    }
    registry.find(
        sender.realm(),
        withdrawal.to(),
        holders ->
            holders.stream()
                .limit(Quotas.HOLDERS_OF_NAME)
                .forEach(holder -> holder.connection().send(withdrawal)));
    return true;
  }
}
