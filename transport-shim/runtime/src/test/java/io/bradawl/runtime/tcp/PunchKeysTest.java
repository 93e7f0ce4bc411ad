package io.bradawl.runtime.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.runtime.session.AgreedSession;
import io.bradawl.runtime.session.Sessions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The keys of a connect that comes to nothing are wiped. */
class PunchKeysTest {

  private static final PeerName DB = new PeerName("db");

  private final KeyWatch watch = new KeyWatch();

  @AfterEach
  void endLoop() {
    watch.close();
  }

  @Test
  void ofAConnectWhoseApplicationHasGivenUp() throws Exception {
    Application application = new Application();
    Sessions.OfferOutcome outcome = connect(application);
    application.waits = false;
    watch.offered.withdrawn.get(1, TimeUnit.MINUTES);
    watch.onLoop(() -> outcome.answered(agreed(Duration.ofMinutes(1))));
    watch.assertWiped();
  }

  @Test
  void ofAConnectThatIsGivenUpWhilePunching() throws Exception {
    Application application = new Application();
    Sessions.OfferOutcome outcome = connect(application);
    watch.onLoop(() -> outcome.answered(agreed(Duration.ofMinutes(1))));
    application.waits = false;
    watch.offered.withdrawn.get(1, TimeUnit.MINUTES);
    watch.onLoop(() -> {});
    watch.assertWiped();
  }

  @Test
  void ofAPunchThatFindsNoPath() throws Exception {
    Application application = new Application();
    Sessions.OfferOutcome outcome = connect(application);
    watch.onLoop(() -> outcome.answered(agreed(Duration.ofMillis(10))));
    application.failed.get(1, TimeUnit.MINUTES);
    watch.assertWiped();
  }

  @Test
  void nothingIsOfferedWithoutARendezvousAndTheConnectFailsIfThereIsNone() throws Exception {
    Application application = new Application();
    OutgoingConnect connect =
        new OutgoingConnect(watch.with, new ClientPorts(watch.with), application, DB, 9092);
    watch.onLoop(connect::start);
    assertThat(watch.offered.outcome).isNotDone();
    watch.onLoop(() -> watch.offered.settled.complete("not registered at a rendezvous"));
    assertThat(application.failed.get(1, TimeUnit.MINUTES))
        .hasMessageContaining("not registered at a rendezvous");
    assertThat(watch.offered.outcome).isNotDone();
  }

  private Sessions.OfferOutcome connect(Application application) throws Exception {
    OutgoingConnect connect =
        new OutgoingConnect(watch.with, new ClientPorts(watch.with), application, DB, 9092);
    watch.offered.settled.complete(null);
    watch.loop.execute(connect::start);
    return watch.offered.outcome.get(1, TimeUnit.MINUTES);
  }

  private AgreedSession agreed(Duration patience) {
    return watch.agreed(Role.OFFERER, watch.offered.mine, patience);
  }

  private static final class Application implements AppSocket {

    final CompletableFuture<IOException> failed = new CompletableFuture<>();
    volatile boolean waits = true;

    @Override
    public boolean isOpen() {
      return waits;
    }

    @Override
    public long began() {
      return 0;
    }

    @Override
    public @Nullable InetSocketAddress bound() {
      return null;
    }

    @Override
    public boolean commit(SocketChannel connection) {
      return false;
    }

    @Override
    public void fail(IOException reason) {
      failed.complete(reason);
    }
  }
}
