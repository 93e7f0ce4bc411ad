package io.bradawl.rendezvous.directory;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.signal.Signal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is there. Several processes may hold the same peer id, and several peers the same name
 * (rolling restart, replicas): the newest comes first, and when it leaves the one before it is
 * there again. Not thread-safe.
 *
 * @param <C> the connection over which a peer is reached; its identity counts
 */
public final class Directory<C> {

  private final Map<C, Registration<C>> byConnection = new HashMap<>();
  private final Map<PeerInstance, Registration<C>> byInstance = new HashMap<>();
  private final Holders<PeerRef, C> byRef = new Holders<>();
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
    return byInstance.get(instance);
  }

  /**
   * Enters or changes the registration of {@code connection}. A change does not make it newer.
   *
   * @return the registration of the same process over an earlier connection, which this one
   *     replaces, or {@code null}
   */
  public @Nullable Registration<C> register(C connection, Signal.Register wanted) {
    Registration<C> before = remove(connection);
    Registration<C> replaced = byInstance.get(wanted.self());
    if (replaced != null) {
      remove(replaced.connection());
    }
    long place = before != null ? before.order() : ++order;
    add(new Registration<>(wanted.self(), wanted.name(), wanted.services(), connection, place));
    return replaced;
  }

  /**
   * Removes what {@code connection} has registered and returns it; {@code null} if there is
   * nothing.
   */
  public @Nullable Registration<C> remove(C connection) {
    Registration<C> gone = byConnection.remove(connection);
    if (gone != null) {
      byInstance.remove(gone.self());
      byRef.remove(gone.self().id(), gone);
      byRef.remove(gone.ref(), gone);
    }
    return gone;
  }

  /** The newest that holds {@code ref}, or {@code null}. */
  public @Nullable Registration<C> newest(PeerRef ref) {
    return byRef.newest(ref);
  }

  /** All that hold {@code ref}, newest first: a view. */
  public Collection<Registration<C>> holders(PeerRef ref) {
    return byRef.newestFirst(ref);
  }

  /** Where an offer for {@code service} of {@code to} goes: to the newest that serves it. */
  public Route<C> route(PeerRef to, Service service) {
    for (Registration<C> peer : byRef.newestFirst(to)) {
      if (peer.services().contains(service)) {
        return new Route.To<>(peer);
      }
    }
    return byRef.newest(to) == null ? new Route.UnknownPeer<>() : new Route.NotListening<>();
  }

  private void add(Registration<C> registration) {
    byConnection.put(registration.connection(), registration);
    byInstance.put(registration.self(), registration);
    byRef.put(registration.self().id(), registration);
    byRef.put(registration.ref(), registration);
  }
}
