package io.bradawl.runtime.relay;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.signal.PathCounts;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.turn.RelayGrant;
import io.bradawl.protocol.turn.TurnUri;
import io.bradawl.runtime.signal.ServerRoute;
import io.bradawl.runtime.signal.Signalling;
import io.bradawl.runtime.turn.FakeTurnServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A rendezvous that has nothing to say but where there is a relay. */
final class GrantedRelay implements Signalling {

  private volatile @Nullable RelayGrant grant;

  /** From now on it names this server, over TCP. */
  void isAt(int port) {
    TurnUri server = new TurnUri(false, "127.0.0.1", port, Transport.TCP);
    grant =
        new RelayGrant(
            Duration.ofDays(1),
            FakeTurnServer.USER.username().name(),
            "password",
            FakeTurnServer.REALM.name(),
            "",
            List.of(server));
  }

  @Override
  public void send(Signal.Indication signal) {
    throw new AssertionError("a relay is found without signals");
  }

  @Override
  public void serve(Set<Service> services) {
    throw new AssertionError("a relay serves nobody");
  }

  @Override
  public void report(PathCounts paths) {
    throw new AssertionError("a relay is no path");
  }

  @Override
  public CompletableFuture<Signal.Found> lookup(Signal.Lookup what) {
    return new CompletableFuture<>();
  }

  @Override
  public CompletableFuture<Void> registered() {
    return CompletableFuture.completedFuture(null);
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
    return grant;
  }
}
