package io.bradawl.rendezvous;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.rendezvous.accesslog.AccessLogWriter;
import io.bradawl.rendezvous.http.OperatorSite;
import io.bradawl.rendezvous.options.HttpOptions;
import io.bradawl.rendezvous.server.RendezvousServer;
import io.bradawl.rendezvous.server.ServerSettings;
import io.bradawl.rendezvous.telemetry.AccessLog;
import io.bradawl.rendezvous.telemetry.Measures;
import io.bradawl.rendezvous.telemetry.Readiness;
import io.bradawl.rendezvous.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the server, from its start to its end. */
final class Operation {

  private static final Logger LOG = LoggerFactory.getLogger("rendezvous");

  private final ServerSettings settings;
  private final Measures measures;
  private final @Nullable AccessLogWriter accessLog;
  private final HttpOptions http;
  private final Duration drain;

  /**
   * @param http where the operator's pages are, if anywhere
   * @param drain how long those who are still here may take to leave
   */
  Operation(
      ServerSettings settings,
      Measures measures,
      @Nullable AccessLogWriter accessLog,
      HttpOptions http,
      Duration drain) {
    this.settings = settings;
    this.measures = measures;
    this.accessLog = accessLog;
    this.http = http;
    this.drain = drain;
  }

  /**
   * Serves until the process is told to stop, and returns its exit code.
   *
   * @throws IOException if it cannot start
   */
  int run() throws IOException, InterruptedException {
    AccessLog log = accessLog == null ? AccessLog.NONE : accessLog;
    Telemetry telemetry = new Telemetry(measures, new Readiness(), log);
    StopSignals signals = StopSignals.take(this::rotated);
    try {
      int exitCode = serve(telemetry, signals);
      LOG.info("stopped");
      return exitCode;
    } finally {
      if (accessLog != null) {
        accessLog.close();
      }
    }
  }

  private int serve(Telemetry telemetry, StopSignals signals)
      throws IOException, InterruptedException {
    try (RendezvousServer server = RendezvousServer.start(settings, telemetry);
        OperatorSite site = openSite(server, telemetry)) {
      announce(server, site);
      signals.awaitStop();
      return new Drain(server, telemetry, signals).within(drain);
    }
  }

  private void rotated() {
    if (accessLog != null) {
      accessLog.reopen();
    }
  }

  private @Nullable OperatorSite openSite(RendezvousServer server, Telemetry telemetry)
      throws IOException {
    InetSocketAddress address = http.address();
    return address == null
        ? null
        : OperatorSite.open(address, http.names(), server, telemetry, VersionFromManifest.text());
  }

  private void announce(RendezvousServer server, @Nullable OperatorSite site) {
    LOG.info(
        "bradawl-rendezvous {} listening on udp and tcp {} ({})",
        VersionFromManifest.text(),
        text(server.addresses()),
        server.io());
    if (settings.tls() != null) {
      LOG.info("listening with TLS on {}", text(server.tlsAddresses()));
    }
    if (site != null) {
      LOG.info("health, metrics and status on http:/{}", site.address());
    }
    if (settings.realms() == null) {
      LOG.warn(
          "serving any realm, within quotas, for whoever reaches this port; list the access keys of"
              + " yours with --realms to serve no others");
    }
  }

  private static List<TransportAddress> text(List<InetSocketAddress> addresses) {
    return addresses.stream()
        .map(address -> new TransportAddress(address.getAddress(), address.getPort()))
        .toList();
  }
}
