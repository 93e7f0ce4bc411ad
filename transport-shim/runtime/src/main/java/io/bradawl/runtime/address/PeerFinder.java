package io.bradawl.runtime.address;

import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.runtime.signal.Signalling;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the peer id behind a reference by asking the rendezvous. What was found last is remembered,
 * so that a connect right after a look-up need not ask again. Safe from any thread.
 */
public final class PeerFinder {

  private final PeerAliases aliases;
  private final Signalling signalling;
  private final ConcurrentHashMap<PeerName, PeerId> found = new ConcurrentHashMap<>();

  public PeerFinder(PeerAliases aliases, Signalling signalling) {
    this.aliases = aliases;
    this.signalling = signalling;
  }

  /** Asks whether the peer is there, and which id it has now. */
  public CompletableFuture<PeerId> ask(PeerRef peer) {
    return signalling.lookup(aliases.target(peer)).thenApply(answer -> learn(peer, answer));
  }

  /** The id, from memory if it is there. */
  public CompletableFuture<PeerId> idOf(PeerRef peer) {
    PeerRef target = aliases.target(peer);
    PeerId known = target instanceof PeerId id ? id : found.get((PeerName) target);
    return known != null ? CompletableFuture.completedFuture(known) : ask(peer);
  }

  /**
   * Forgets that {@code peer} has {@code id}, which is not there any more.
   *
   * @return whether asking again can help
   */
  public boolean forget(PeerRef peer, PeerId id) {
    return aliases.target(peer) instanceof PeerName name && found.remove(name, id);
  }

  private PeerId learn(PeerRef peer, Signal.Found answer) {
    if (peer instanceof PeerName name) {
      found.put(name, answer.id());
    }
    return answer.id();
  }
}
