package io.bradawl.runtime.address;

import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.runtime.signal.SignallingException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Resolves peers by asking the rendezvous whether they are there. A peer that was found once keeps
 * resolving while the rendezvous is out of reach, since its address means nothing else; one that
 * the rendezvous says is gone does not.
 */
public final class RendezvousResolver implements PeerResolver {

  /** Longer than the registration's own patience, which gives the better reason. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final VirtualAddresses addresses;
  private final PeerId self;
  private final PeerFinder finder;

  public RendezvousResolver(VirtualAddresses addresses, PeerFinder finder, PeerId self) {
    this.addresses = addresses;
    this.finder = finder;
    this.self = self;
  }

  @Override
  public InetAddress resolve(String label) throws UnknownHostException {
    PeerRef peer = parse(label);
    if (!peer.equals(self)) {
      find(peer);
    }
    return addresses.addressOf(peer);
  }

  @Override
  public @Nullable String reverse(InetAddress address) {
    PeerRef peer = addresses.peerAt(address);
    return peer == null ? null : addresses.hostName(peer);
  }

  private static PeerRef parse(String label) throws UnknownHostException {
    try {
      return PeerRef.parse(label);
    } catch (IllegalArgumentException e) {
      throw new UnknownHostException(e.getMessage());
    }
  }

  private void find(PeerRef peer) throws UnknownHostException {
    try {
      finder.ask(peer).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (isGone(e.getCause()) || !addresses.isKnown(peer)) {
        throw unknown(peer, reason(e.getCause()));
      }
    } catch (TimeoutException e) {
      throw unknown(peer, "no answer from the rendezvous within " + PATIENCE.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(peer, "interrupted while asking the rendezvous");
    }
  }

  private static boolean isGone(@Nullable Throwable problem) {
    return problem instanceof SignallingException no && no.reason() == Reason.UNKNOWN_PEER;
  }

  private static String reason(@Nullable Throwable problem) {
    return problem == null ? "look-up failed" : String.valueOf(problem.getMessage());
  }

  private UnknownHostException unknown(PeerRef peer, String reason) {
    return new UnknownHostException(addresses.hostName(peer) + ": " + reason);
  }
}
