package io.bradawl.rendezvous.http;

import io.bradawl.rendezvous.server.RendezvousServer;
import io.bradawl.rendezvous.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
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
   * @param names whether the status page shows the names of peers
   * @throws IOException if {@code address} cannot be listened on; the message names it
   */
  public static OperatorSite open(
      InetSocketAddress address,
      boolean names,
      RendezvousServer server,
      Telemetry telemetry,
      String version)
      throws IOException {
    Metrics metrics = new Metrics(telemetry, version);
    HealthPages health = new HealthPages(telemetry.readiness(), server::pulse, PATIENCE);
    Map<String, Page> pages = new HashMap<>(appearance());
    pages.put("/healthz", health::health);
    pages.put("/readyz", health::readiness);
    pages.put("/metrics", accept -> CompletableFuture.completedFuture(metrics.scrape(accept)));
    pages.put("/status.json", new StatusData(server, telemetry, names, version));
    try {
      return new OperatorSite(metrics, new HttpPort(address, pages));
    } catch (IOException e) {
      metrics.close();
      throw e;
    }
  }

  private static Map<String, Page> appearance() {
    return Map.of(
        "/", StaticPage.of("status.html", "text/html; charset=utf-8"),
        "/status.css", StaticPage.of("status.css", "text/css; charset=utf-8"),
        "/status.js", StaticPage.of("status.js", "text/javascript; charset=utf-8"),
        "/icon.svg", StaticPage.of("icon.svg", "image/svg+xml"));
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
