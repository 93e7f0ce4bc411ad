package io.bradawl.runtime.relay;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.turn.RelayGrant;
import io.bradawl.protocol.turn.TurnUri;
import io.bradawl.runtime.signal.SilentRendezvous;
import io.bradawl.runtime.turn.FakeTurnServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A rendezvous that has nothing to say but where there is a relay. */
final class GrantedRelay extends SilentRendezvous {

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
  public CompletableFuture<Void> registered() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public @Nullable RelayGrant relay() {
    return grant;
  }
}
