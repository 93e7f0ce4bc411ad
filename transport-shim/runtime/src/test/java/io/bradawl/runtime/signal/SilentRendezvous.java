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

/** A rendezvous that answers nothing, relays nothing, and is told nothing. */
public class SilentRendezvous implements Signalling {

  @Override
  public void send(Signal.Indication signal) {
    throw new UnsupportedOperationException("there are no peers");
  }

  @Override
  public void serve(Set<Service> services) {
    throw new UnsupportedOperationException("nothing is served");
  }

  @Override
  public void report(PathCounts paths) {
    throw new UnsupportedOperationException("there are no paths");
  }

  @Override
  public CompletableFuture<Signal.Found> lookup(Signal.Lookup what) {
    return new CompletableFuture<>();
  }

  @Override
  public CompletableFuture<Void> registered() {
    return new CompletableFuture<>();
  }

  @Override
  public Duration rtt() {
    return Duration.ZERO;
  }

  @Override
  public CompletableFuture<InetSocketAddress> server() {
    return new CompletableFuture<>();
  }

  @Override
  public @Nullable ServerRoute route() {
    return null;
  }

  @Override
  public @Nullable RelayGrant relay() {
    return null;
  }
}
