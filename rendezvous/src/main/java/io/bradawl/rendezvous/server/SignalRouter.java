package io.bradawl.rendezvous.server;

import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.realm.AccessKey;
import io.bradawl.protocol.realm.NameClaim;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.protocol.turn.RelayGrant;
import io.bradawl.rendezvous.admission.RealmList;
import io.bradawl.rendezvous.directory.Directory;
import io.bradawl.rendezvous.directory.Registration;
import io.bradawl.rendezvous.directory.Route;
import io.bradawl.rendezvous.net.RateLimits;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.bradawl.rendezvous.turn.RelayAccess;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Registers peers and carries what they say to each other. Everything happens on the one event loop
 * of all signalling connections.
 */
final class SignalRouter {

  private final Directory<PeerConnection> directory = new Directory<>();
  private final Limits limits;
  private final Admission admission;
  private final RateLimits<PeerId> offers;
  private final SignalJournal journal;
  private final @Nullable RelayAccess relay;

  /**
   * @param relay gives leave to registered peers; {@code null} for none
   */
  SignalRouter(Limits limits, RealmList realms, @Nullable RelayAccess relay, Telemetry telemetry) {
    this.relay = relay;
    this.limits = limits;
    this.journal = new SignalJournal(telemetry);
    this.admission = new Admission(realms, limits.quotas(), telemetry);
    this.offers = new RateLimits<>(limits.quotas().offersPerPeer());
  }

  Signal.Response answer(PeerConnection connection, Signal.Request request) {
    return request.match(
        register -> register(connection, register), lookup -> lookup(connection, lookup));
  }

  void carry(PeerConnection connection, Signal.Indication indication) {
    indication.match(
        offer -> offer(connection, offer),
        answer -> deliver(connection, answer.from(), answer.to(), answer),
        refusal -> deliver(connection, null, refusal.to(), refusal),
        withdrawal -> withdraw(connection, withdrawal));
  }

  /** From now on only these realms are served; members of others are disconnected. */
  void realms(RealmList realms) {
    admission.realms(realms);
    List.copyOf(directory.all()).stream()
        .filter(peer -> !realms.serves(peer.realm()))
        .forEach(peer -> peer.connection().close("its realm is not served any more"));
  }

  /** The connections of all peers that are registered here. */
  List<PeerConnection> peers() {
    return directory.all().stream().map(Registration::connection).toList();
  }

  /** At most so many, the newest first. */
  Census census(int most) {
    return Census.of(directory.all(), most);
  }

  void left(PeerConnection connection, String reason) {
    connection.left();
    Registration<PeerConnection> gone = directory.remove(connection);
    if (gone != null) {
      journal.left(gone, reason);
    }
  }

  private Signal.Response register(PeerConnection connection, Signal.Register register) {
    Registration<PeerConnection> before = directory.of(connection);
    Signal.Response objection =
        before == null ? admission.objection(connection, register) : change(before, register);
    if (objection == null) {
      objection = crowd(register);
    }
    if (objection instanceof Signal.Rejected rejected) {
      journal.rejected(connection, register, rejected);
    }
    return objection != null ? objection : enter(connection, register, before);
  }

  /** A proof holds for one id, in one realm. */
  private static Signal.@Nullable Response change(
      Registration<PeerConnection> before, Signal.Register register) {
    return before.self().equals(register.self()) && Objects.equals(before.realm(), register.realm())
        ? null
        : new Signal.Rejected(
            Reason.NOT_ALLOWED,
            "this connection is registered as " + before.self() + "; open another");
  }

  private Signal.@Nullable Response crowd(Signal.Register register) {
    PeerId id = register.self().id();
    int processes = directory.holders(null, id).size();
    if (directory.of(register.self()) == null && processes >= limits.quotas().processesPerPeer()) {
      return new Signal.Rejected(
          Reason.QUOTA, id + " is registered by " + processes + " processes already");
    }
    NameClaim claim = register.claim();
    return claim == null || hasRoom(register.realm(), claim)
        ? null
        : new Signal.Rejected(
            Reason.NAME_TAKEN,
            Quotas.HOLDERS_OF_NAME + " other peers hold the name " + claim.name() + " already");
  }

  private boolean hasRoom(@Nullable AccessKey realm, NameClaim claim) {
    return directory.holders(realm, claim.name()).stream()
            .map(holder -> holder.self().id())
            .filter(id -> !id.equals(claim.id()))
            .distinct()
            .count()
        < Quotas.HOLDERS_OF_NAME;
  }

  private Signal.Response enter(
      PeerConnection connection,
      Signal.Register register,
      @Nullable Registration<PeerConnection> before) {
    Registration<PeerConnection> replaced = directory.register(connection, register);
    Registration<PeerConnection> now = Objects.requireNonNull(directory.of(connection));
    if (replaced != null) {
      journal.left(replaced, "came back over another connection");
      replaced.connection().close("replaced by another connection of the same process");
    }
    if (before == null) {
      journal.joined(now);
    } else if (!before.equals(now)) {
      journal.changed(now);
    }
    journal.reported(connection, register.paths());
    return new Signal.Registered(connection.address(), limits.silence(), leave(connection, now));
  }

  private @Nullable RelayGrant leave(PeerConnection connection, Registration<?> peer) {
    long seconds = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
    return relay == null ? null : relay.grant(peer.self().id(), connection.address(), seconds);
  }

  private Signal.Response lookup(PeerConnection connection, Signal.Lookup lookup) {
    Registration<PeerConnection> asking = directory.of(connection);
    if (asking == null) {
      return new Signal.Rejected(Reason.NOT_PROVEN, "register first");
    }
    Registration<PeerConnection> peer = directory.best(asking.realm(), lookup);
    journal.lookedUp(peer != null);
    return peer != null
        ? found(peer, asking.realm())
        : new Signal.Rejected(Reason.UNKNOWN_PEER, "no peer " + lookup.whom() + " is registered");
  }

  private static Signal.Found found(Registration<PeerConnection> peer, @Nullable AccessKey asking) {
    PeerId id = peer.self().id();
    return peer.isOf(asking)
        ? new Signal.Found(id, asking, peer.claim())
        : new Signal.Found(id, null, null);
  }

  private boolean offer(PeerConnection connection, Signal.Offer offer) {
    Registration<PeerConnection> sender = directory.of(connection);
    if (sender == null || !sender.self().equals(offer.from())) {
      return refuse(connection, offer, Reason.NOT_ALLOWED, "sender is not who registered here");
    }
    if (!offers.take(sender.self().id(), System.nanoTime())) {
      return refuse(connection, offer, Reason.QUOTA, "too many offers a second");
    }
    Route<PeerConnection> route = directory.route(sender.realm(), offer.to(), offer.service());
    if (route instanceof Route.To<PeerConnection> to) {
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
    Registration<PeerConnection> sender = directory.of(connection);
    Registration<PeerConnection> recipient = directory.of(to);
    boolean genuine = sender != null && (from == null || sender.self().equals(from));
    if (genuine && recipient != null) {
      return recipient.connection().send(indication);
    }
    journal.dropped(
        connection,
        indication,
        genuine ? "its recipient has left" : "sender is not who registered here");
    return false;
  }

  private boolean withdraw(PeerConnection connection, Signal.Withdrawal withdrawal) {
    Registration<PeerConnection> sender = directory.of(connection);
    if (sender == null || !sender.self().equals(withdrawal.from())) {
      return false;
    }
    Collection<Registration<PeerConnection>> holders =
        List.copyOf(directory.holders(sender.realm(), withdrawal.to()));
    holders.stream()
        .limit(Quotas.HOLDERS_OF_NAME)
        .forEach(holder -> holder.connection().send(withdrawal));
    return !holders.isEmpty();
  }
}
