package io.bradawl.rendezvous.signal;

import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.protocol.turn.RelayGrant;
import io.bradawl.rendezvous.admission.Limits;
import io.bradawl.rendezvous.admission.RealmList;
import io.bradawl.rendezvous.directory.Directory;
import io.bradawl.rendezvous.directory.Registration;
import io.bradawl.rendezvous.directory.Registry;
import io.bradawl.rendezvous.turn.RelayAccess;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Enters peers, and strikes those that leave. */
final class Registrar {

  /** How long a process that has registered at another node may go on here. */
  private static final Duration TO_LEAVE = Duration.ofSeconds(10);

  private final Directory<PeerConnection> directory;
  private final Registry<PeerConnection> registry;
  private final Admission admission;
  private final Crowd crowd;
  private final Duration lifetime;
  private final SignalJournal journal;
  private final @Nullable RelayAccess relay;

  /**
   * @param directory of this node
   * @param registry of this node and all others
   * @param relay gives leave to registered peers; {@code null} for none
   */
  Registrar(
      Directory<PeerConnection> directory,
      Registry<PeerConnection> registry,
      Admission admission,
      Limits limits,
      @Nullable RelayAccess relay,
      SignalJournal journal) {
    this.directory = directory;
    this.registry = registry;
    this.admission = admission;
    this.crowd = new Crowd(directory, limits.quotas());
    this.lifetime = limits.silence();
    this.journal = journal;
    this.relay = relay;
  }

  /** All that are registered here. */
  Collection<Registration<PeerConnection>> all() {
    return directory.all();
  }

  /** Who has proven on this connection who it is, or {@code null}. */
  @Nullable Registration<PeerConnection> sender(PeerConnection connection) {
    Registration<PeerConnection> here = directory.of(connection);
    return here != null ? here : connection.moved();
  }

  /** From now on only these realms are served; members of others are disconnected. */
  void realms(RealmList realms) {
    admission.realms(realms);
    List.copyOf(directory.all()).stream()
        .filter(peer -> !realms.serves(peer.realm()))
        .forEach(peer -> peer.connection().close("its realm is not served any more"));
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

  boolean register(
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
      objection = crowd.objection(register);
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
          case TOO_MANY_PROCESSES -> crowd.tooMany(now.self().id());
          case NAME_TAKEN -> Crowd.taken(Objects.requireNonNull(now.claim()));
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
    return new Signal.Registered(connection.address(), lifetime, leave(connection, peer));
  }

  private @Nullable RelayGrant leave(PeerConnection connection, Registration<?> peer) {
    long seconds = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
    return relay == null ? null : relay.grant(peer.self().id(), connection.address(), seconds);
  }
}
