package io.bradawl.runtime.signal;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.signal.PathCounts;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.turn.RelayGrant;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the rest of the runtime needs of the connection to the rendezvous. Safe from any thread. */
public interface Signalling {

  /** Sends an offer, answer, refusal or withdrawal; dropped if the connection is down. */
  void send(Signal.Indication signal);

  /** What goes over the same host does not get through: see soon whether the rendezvous answers. */
  default void doubt() {}

  /** What is served from now on: the complete set. */
  void serve(Set<Service> services);

  /** Which paths there are from now on. */
  void report(PathCounts paths);

  /**
   * Asks for a peer.
   *
   * @return completed exceptionally with a {@link SignallingException} if there is no such peer or
   *     no rendezvous
   */
  CompletableFuture<Signal.Found> lookup(Signal.Lookup what);

  /**
   * Completes as soon as this peer is registered.
   *
   * @return completed exceptionally with a {@link SignallingException} once an attempt to register
   *     has failed
   */
  CompletableFuture<Void> registered();

  /** Last measured round trip; zero before the first measurement. */
  Duration rtt();

  /**
   * Where the server in use, or last used, answers by UDP and plain TCP; completes when one was
   * reached at all whose address is known.
   */
  CompletableFuture<InetSocketAddress> server();

  /** How the server in use, or last used, was reached; {@code null} before the first one was. */
  @Nullable ServerRoute route();

  /** The newest leave to use a TURN server; {@code null} if the rendezvous has none to offer. */
  @Nullable RelayGrant relay();

  /** Takes what the rendezvous routes to this peer. Called on the driver loop. */
  interface Receiver {
    void received(Signal.Indication signal);

    /**
     * Registered over a new connection, perhaps at another node: what was said over an earlier one
     * may have been lost with it.
     */
    default void registered() {}
  }
}
