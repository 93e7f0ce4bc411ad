package io.bradawl.rendezvous.directory;

import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.realm.AccessKey;
import io.bradawl.protocol.signal.Signal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is there. Several processes may hold the same peer id, and several peers the same name of a
 * realm (rolling restart, replicas): the newest comes first, and when it leaves the one before it
 * is there again. Ids are the same for everybody, names only within a realm. Not thread-safe.
 *
 * @param <C> the connection over which a peer is reached; its identity counts
 */
public final class Directory<C> {

  /** A name, and where it means something. */
  private record RealmName(AccessKey realm, PeerName name) {}

  private final Map<C, Registration<C>> byConnection = new HashMap<>();
  private final Holders<PeerId, C> byId = new Holders<>();
  private final Holders<RealmName, C> byName = new Holders<>();
  private final Realms realms = new Realms();
  private long order;

  /** How many processes are registered. */
  public int size() {
    return byConnection.size();
  }

  /** What {@code connection} has registered, or {@code null}. */
  public @Nullable Registration<C> of(C connection) {
    return byConnection.get(connection);
  }

  /** The process {@code instance}, or {@code null} if it is not there. */
  public @Nullable Registration<C> of(PeerInstance instance) {
    for (Registration<C> holder : byId.newestFirst(instance.id())) {
      if (holder.self().equals(instance)) {
        return holder;
      }
    }
    return null;
  }

  /**
   * Enters or changes the registration of {@code connection}. A change does not make it newer.
   *
   * @return the registration of the same process over an earlier connection, which this one
   *     replaces, or {@code null}
   */
  public @Nullable Registration<C> register(C connection, Signal.Register wanted) {
    Registration<C> before = remove(connection);
    Registration<C> replaced = of(wanted.self());
    if (replaced != null) {
      remove(replaced.connection());
    }
    long place = before != null ? before.order() : ++order;
    add(
        new Registration<>(
            wanted.self(),
            realms.enter(wanted.realm()),
            wanted.claim(),
            wanted.services(),
            connection,
            place));
    return replaced;
  }

  /**
   * Removes what {@code connection} has registered and returns it; {@code null} if there is
   * nothing.
   */
  public @Nullable Registration<C> remove(C connection) {
    Registration<C> gone = byConnection.remove(connection);
    if (gone != null) {
      realms.leave(gone.realm());
      byId.remove(gone.self().id(), gone);
      RealmName name = realmName(gone.realm(), gone.name());
      if (name != null) {
        byName.remove(name, gone);
      }
    }
    return gone;
  }

  /** Everybody: a view. */
  public Collection<Registration<C>> all() {
    return byConnection.values();
  }

  /** The newest that members of {@code asking} know as {@code ref}, or {@code null}. */
  public @Nullable Registration<C> newest(@Nullable AccessKey asking, PeerRef ref) {
    List<Registration<C>> holders = holders(asking, ref);
    return holders.isEmpty() ? null : holders.get(0);
  }

  /** All that members of {@code asking} know as {@code ref}, newest first. */
  public List<Registration<C>> holders(@Nullable AccessKey asking, PeerRef ref) {
    if (ref instanceof PeerId id) {
      return byId.newestFirst(id);
    }
    RealmName name = realmName(asking, (PeerName) ref);
    return name == null ? List.of() : byName.newestFirst(name);
  }

  private void add(Registration<C> registration) {
    byConnection.put(registration.connection(), registration);
    byId.put(registration.self().id(), registration);
    RealmName name = realmName(registration.realm(), registration.name());
    if (name != null) {
      byName.put(name, registration);
    }
  }

  private static @Nullable RealmName realmName(@Nullable AccessKey realm, @Nullable PeerName name) {
    return realm == null || name == null ? null : new RealmName(realm, name);
  }
}
