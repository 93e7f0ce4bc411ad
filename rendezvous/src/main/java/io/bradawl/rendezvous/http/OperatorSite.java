package io.bradawl.rendezvous.http;

import io.bradawl.rendezvous.server.RendezvousServer;
import io.bradawl.rendezvous.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** All pages of one server. */
public final class OperatorSite implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Metrics metrics;
  private final HttpPort port;

  private OperatorSite(Metrics metrics, HttpPort port) {
    this.metrics = metrics;
    this.port = port;
  }

  /**
   * Serves them.
   *
   * @throws IOException if {@code address} cannot be listened on; the message names it
   */
  public static OperatorSite open(
      InetSocketAddress address, RendezvousServer server, Telemetry telemetry, String version)
      throws IOException {
    Metrics metrics = new Metrics(telemetry, version);
    HealthPages health = new HealthPages(telemetry.readiness(), server::pulse, PATIENCE);
    try {
      return new OperatorSite(
          metrics,
          new HttpPort(
              address,
              Map.of(
                  "/healthz", health::health,
                  "/readyz", health::readiness,
                  "/metrics",
                      accept -> CompletableFuture.completedFuture(metrics.scrape(accept)))));
    } catch (IOException e) {
      metrics.close();
      throw e;
    }
  }

  /** Where, with the real port. */
  public InetSocketAddress address() {
    return port.address();
  }

  @Override
  public void close() {
    port.close();
    metrics.close();
  }
}
