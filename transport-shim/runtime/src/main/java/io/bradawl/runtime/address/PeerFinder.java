package io.bradawl.runtime.address;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.noise.Membership;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.realm.NameClaim;
import io.bradawl.protocol.realm.Realm;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.runtime.signal.Signalling;
import io.bradawl.runtime.signal.SignallingException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the peer id behind a reference by asking the rendezvous, which is not believed: a name
 * counts only with the claim of a member of our realm. What was found last is remembered, so that a
 * connect right after a look-up need not ask again. Safe from any thread.
 */
public final class PeerFinder {

  private final PeerAliases aliases;
  private final Signalling signalling;
  private final @Nullable Realm realm;
  private final ConcurrentHashMap<PeerRef, FoundPeer> found = new ConcurrentHashMap<>();

  /**
   * @param realm whose names count, lent; {@code null} if none do
   */
  public PeerFinder(PeerAliases aliases, Signalling signalling, @Nullable Realm realm) {
    this.aliases = aliases;
    this.signalling = signalling;
    this.realm = realm;
  }

  /** Asks whether the peer is there, and which id it has now. */
  public CompletableFuture<FoundPeer> ask(PeerRef peer) {
    return ask(peer, null);
  }

  /**
   * Asks in the same way; of several holders of a name, the newest that serves {@code service} is
   * found before others.
   */
  public CompletableFuture<FoundPeer> ask(PeerRef peer, @Nullable Service service) {
    PeerRef target = aliases.target(peer);
    if (target instanceof PeerName name && realm == null) {
      return CompletableFuture.failedFuture(withoutRealm(name));
    }
    return signalling
        .lookup(new Signal.Lookup(target, service))
        .thenApply(answer -> learn(target, answer));
  }

  /** The peer, from memory if it is there. */
  public CompletableFuture<FoundPeer> find(PeerRef peer) {
    PeerRef target = aliases.target(peer);
    if (target instanceof PeerId id && realm == null) {
      return CompletableFuture.completedFuture(new FoundPeer(id, Membership.NONE));
    }
    FoundPeer known = found.get(target);
    return known != null ? CompletableFuture.completedFuture(known) : ask(peer);
  }

  /** Whether the peer is sought by a name, which another peer may hold too. */
  public boolean isName(PeerRef peer) {
    return aliases.target(peer) instanceof PeerName;
  }

  /** Forgets that {@code peer} has {@code id}, unless something else was found meanwhile. */
  public void forget(PeerRef peer, PeerId id) {
    found.computeIfPresent(
        aliases.target(peer), (target, known) -> known.id().equals(id) ? null : known);
  }

  private FoundPeer learn(PeerRef target, Signal.Found answer) {
    if (target instanceof PeerName name) {
      requireClaim(name, answer.claim());
    } else if (!target.equals(answer.id())) {
      throw lie("was asked for " + target + " and answered with " + answer.id());
    }
    boolean named = target instanceof PeerName;
    FoundPeer peer = new FoundPeer(answer.id(), named ? Membership.REALM : membership(answer));
    found.put(target, peer);
    return peer;
  }

  /**
   * Of a peer that is sought by id the rendezvous' word has to do: if it lies, the peers fail to
   * agree, or do so as strangers.
   */
  private Membership membership(Signal.Found answer) {
    boolean ours = realm != null && realm.accessKey().equals(answer.realm());
    return ours ? Membership.REALM : Membership.NONE;
  }

  private void requireClaim(PeerName name, @Nullable NameClaim claim) {
    if (claim == null) {
      throw lie("names a peer for " + name + " without its claim to that name");
    }
    if (!claim.name().equals(name)) {
      throw lie("was asked for " + name + " and answered with the claim to " + claim.name());
    }
    if (realm == null || !realm.verifies(claim)) {
      throw lie("presented a claim to the name " + name + " that no member of the realm made");
    }
  }

  private static CompletionException lie(String what) {
    return new CompletionException(
        new SignallingException(Reason.NOT_ALLOWED, "the rendezvous " + what));
  }

  private static SignallingException withoutRealm(PeerName name) {
    return new SignallingException(
        Reason.UNKNOWN_PEER,
        "the name "
            + name
            + " means nothing without a realm; set bradawl.secret.file, or name the peer's id in"
            + " bradawl.peers");
  }
}
