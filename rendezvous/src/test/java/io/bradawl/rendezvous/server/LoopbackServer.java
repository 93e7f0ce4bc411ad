package io.bradawl.rendezvous.server;

import io.bradawl.rendezvous.admission.Limits;
import io.bradawl.rendezvous.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A rendezvous as it is without any settings, on the loopback interface, for one test at a time.
 */
final class LoopbackServer implements BeforeEachCallback, AfterEachCallback {

  private final Telemetry telemetry;
  private @Nullable RendezvousServer server;

  LoopbackServer() {
    this(Telemetry.unseen());
  }

  LoopbackServer(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  /** A connection to it, over which nothing has been said. */
  TestPeer peer(int seed, String name) throws IOException {
    return new TestPeer(address(), seed, name);
  }

  InetSocketAddress address() {
    return running().addresses().get(0);
  }

  /** As {@link RendezvousServer#drain}. */
  Duration drain(Duration limit) {
    return running().drain(limit);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = RendezvousServer.start(ServerSettings.of(List.of(any), Limits.DEFAULT), telemetry);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    running().close();
  }

  private RendezvousServer running() {
    return Objects.requireNonNull(server, "there is a server during a test only");
  }
}
