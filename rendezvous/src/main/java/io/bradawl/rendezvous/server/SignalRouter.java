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
import io.bradawl.rendezvous.directory.Registry;
import io.bradawl.rendezvous.directory.Route;
import io.bradawl.rendezvous.directory.Routing;
import io.bradawl.rendezvous.net.RateLimits;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.bradawl.rendezvous.turn.RelayAccess;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Registers peers and carries what they say to each other. Everything happens on the one event loop
 * of all signalling connections.
 */
final class SignalRouter {

  /** How long a process that has registered at another node may go on here. */
  private static final Duration TO_LEAVE = Duration.ofSeconds(10);

  private final Directory<PeerConnection> directory;
  private final Registry<PeerConnection> registry;
  private final Routing routing;
  private final Limits limits;
  private final Admission admission;
  private final RateLimits<PeerId> offers;
  private final SignalJournal journal;
  private final @Nullable RelayAccess relay;

  /**
   * @param directory of this node
   * @param registry of this node and all others
   * @param relay gives leave to registered peers; {@code null} for none
   */
  SignalRouter(
      Directory<PeerConnection> directory,
      Registry<PeerConnection> registry,
      Limits limits,
      RealmList realms,
      @Nullable RelayAccess relay,
      Telemetry telemetry) {
    this.directory = directory;
    this.registry = registry;
    this.routing = new Routing(registry);
    this.relay = relay;
    this.limits = limits;
    this.journal = new SignalJournal(telemetry);
    this.admission = new Admission(realms, limits.quotas(), telemetry);
    this.offers = new RateLimits<>(limits.quotas().offersPerPeer());
  }

  /**
   * @param reply gets the answer once
   */
  void answer(PeerConnection connection, Signal.Request request, Consumer<Signal.Response> reply) {
    request.<Boolean>match(
        register -> register(connection, register, reply),
        lookup -> lookup(connection, lookup, reply));
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
      registry.leave(gone);
      journal.left(gone, reason);
    }
  }

  /** A process that is registered here has registered at another node. */
  void moved(PeerInstance who) {
    Registration<PeerConnection> gone = directory.of(who);
    if (gone != null) {
      directory.remove(gone.connection());
      gone.connection().moved(gone, TO_LEAVE);
      journal.left(gone, "registered at another node");
    }
  }

  /** Another node has sent this; {@code false} if its recipient is not here. */
  boolean arrived(PeerInstance to, Signal.Indication indication) {
    Registration<PeerConnection> recipient = directory.of(to);
    return recipient != null && recipient.connection().send(indication);
  }

  private boolean register(
      PeerConnection connection, Signal.Register register, Consumer<Signal.Response> reply) {
    Registration<PeerConnection> moved = connection.moved();
    if (moved != null) {
      reply.accept(
          welcome(connection, moved)); // said before the peer knew that it is registered there
      return true;
    }
    Registration<PeerConnection> before = directory.of(connection);
    Signal.Response objection =
        before == null ? admission.objection(connection, register) : change(before, register);
    if (objection == null) {
      objection = crowd(register);
    }
    if (objection instanceof Signal.Rejected rejected) {
      journal.rejected(connection, register, rejected);
    }
    if (objection != null) {
      reply.accept(objection);
      return false;
    }
    enter(connection, register, before, reply);
    return true;
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
      return tooMany(id, processes);
    }
    NameClaim claim = register.claim();
    return claim == null || hasRoom(register.realm(), claim) ? null : taken(claim);
  }

  private static Signal.Rejected tooMany(PeerId id, int processes) {
    return new Signal.Rejected(
        Reason.QUOTA, id + " is registered by " + processes + " processes already");
  }

  private static Signal.Rejected taken(NameClaim claim) {
    return new Signal.Rejected(
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

  private void enter(
      PeerConnection connection,
      Signal.Register register,
      @Nullable Registration<PeerConnection> before,
      Consumer<Signal.Response> reply) {
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
    registry.enter(now, before == null, entry -> entered(now, register, entry, reply));
  }

  private void entered(
      Registration<PeerConnection> now,
      Signal.Register register,
      Registry.Entry entry,
      Consumer<Signal.Response> reply) {
    PeerConnection connection = now.connection();
    Signal.Rejected rejected =
        switch (entry) {
          case TOO_MANY_PROCESSES -> tooMany(now.self().id(), limits.quotas().processesPerPeer());
          case NAME_TAKEN -> taken(Objects.requireNonNull(now.claim()));
          case ENTERED, GONE -> null;
        };
    if (rejected != null) {
      directory.remove(connection);
      journal.rejected(connection, register, rejected);
      journal.left(now, rejected.text());
    } else if (entry == Registry.Entry.GONE) {
      moved(now.self());
    }
    reply.accept(rejected != null ? rejected : welcome(connection, now));
  }

  private Signal.Response welcome(PeerConnection connection, Registration<?> peer) {
    return new Signal.Registered(connection.address(), limits.silence(), leave(connection, peer));
  }

  private @Nullable RelayGrant leave(PeerConnection connection, Registration<?> peer) {
    long seconds = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
    return relay == null ? null : relay.grant(peer.self().id(), connection.address(), seconds);
  }

  private boolean lookup(
      PeerConnection connection, Signal.Lookup lookup, Consumer<Signal.Response> reply) {
    Registration<PeerConnection> asking = sender(connection);
    if (asking == null) {
      reply.accept(new Signal.Rejected(Reason.NOT_PROVEN, "register first"));
      return false;
    }
    routing.find(
        asking.realm(),
        lookup,
        peer -> {
          journal.lookedUp(peer != null);
          reply.accept(
              peer != null
                  ? found(peer, asking.realm())
                  : new Signal.Rejected(
                      Reason.UNKNOWN_PEER, "no peer " + lookup.whom() + " is registered"));
        });
    return true;
  }

  private static Signal.Found found(Registration<?> peer, @Nullable AccessKey asking) {
    PeerId id = peer.self().id();
    return peer.isOf(asking)
        ? new Signal.Found(id, asking, peer.claim())
        : new Signal.Found(id, null, null);
  }

  /** Who has proven on this connection who it is, or {@code null}. */
  private @Nullable Registration<PeerConnection> sender(PeerConnection connection) {
    Registration<PeerConnection> here = directory.of(connection);
    return here != null ? here : connection.moved();
  }

  private boolean offer(PeerConnection connection, Signal.Offer offer) {
    Registration<PeerConnection> sender = sender(connection);
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
    Registration<PeerConnection> sender = sender(connection);
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
    Registration<PeerConnection> sender = sender(connection);
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
