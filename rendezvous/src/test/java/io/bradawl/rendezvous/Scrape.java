package io.bradawl.rendezvous;

import io.bradawl.rendezvous.admission.Limits;
import io.bradawl.rendezvous.http.OperatorSite;
import io.bradawl.rendezvous.server.RendezvousServer;
import io.bradawl.rendezvous.server.ServerSettings;
import io.bradawl.rendezvous.telemetry.Telemetry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What Prometheus gets of a server that has just started. */
final class Scrape {

  private Scrape() {}

  static List<String> lines() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Telemetry telemetry = Telemetry.unseen();
    try (RendezvousServer server =
            RendezvousServer.start(ServerSettings.of(List.of(any), Limits.DEFAULT), telemetry);
        OperatorSite site = OperatorSite.open(any, false, server, telemetry, "1.2.3")) {
      URL url = new URL("http", "127.0.0.1", site.address().getPort(), "/metrics");
      try (BufferedReader text =
          new BufferedReader(new InputStreamReader(url.openStream(), StandardCharsets.UTF_8))) {
        return text.lines().toList();
      }
    }
  }
}
