package io.bradawl.runtime.session;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.realm.NameClaim;
import io.bradawl.protocol.signal.PathCounts;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.runtime.signal.SilentRendezvous;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Keeps what is said instead of sending it. */
final class RecordedSignalling extends SilentRendezvous {

  final List<Signal.Indication> sent = new ArrayList<>();
  private final Map<PeerRef, Signal.Found> known = new HashMap<>();
  private final Map<PeerRef, CompletableFuture<Signal.Found>> asked = new HashMap<>();
  Set<Service> served = Set.of();
  CompletableFuture<Void> registered = CompletableFuture.completedFuture(null);

  @Override
  public void send(Signal.Indication signal) {
    sent.add(signal);
  }

  @Override
  public void serve(Set<Service> services) {
    served = services;
  }

  @Override
  public void report(PathCounts paths) {
    // no test of this package makes paths
  }

  @Override
  public CompletableFuture<Signal.Found> lookup(Signal.Lookup what) {
    PeerRef peer = what.whom();
    Signal.Found found = known.get(peer);
    if (found == null && peer instanceof PeerId id) {
      found = new Signal.Found(id, SessionPeer.REALM.accessKey(), null);
    }
    return found == null
        ? asked.computeIfAbsent(peer, any -> new CompletableFuture<>())
        : CompletableFuture.completedFuture(found);
  }

  /** What look-ups of a name find from now on. */
  void knows(String name, PeerId id) {
    PeerName ref = new PeerName(name);
    NameClaim claim = SessionPeer.REALM.claim(ref, id);
    knows(ref, new Signal.Found(id, SessionPeer.REALM.accessKey(), claim));
  }

  /** What look-ups find from now on, true or not; those that wait for it too. */
  void knows(PeerRef peer, Signal.Found found) {
    known.put(peer, found);
    CompletableFuture<Signal.Found> waiting = asked.remove(peer);
    if (waiting != null) {
      waiting.complete(found);
    }
  }

  /** Look-ups of the name are not answered from now on. */
  void isSlowToFind(String name) {
    known.remove(new PeerName(name));
  }

  @Override
  public CompletableFuture<Void> registered() {
    return registered;
  }

  @Override
  public Duration rtt() {
    return Duration.ofMillis(40);
  }
}
