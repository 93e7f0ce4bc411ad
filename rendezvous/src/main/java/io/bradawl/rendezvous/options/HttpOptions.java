package io.bradawl.rendezvous.options;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the operator sees in a browser, and machines ask. */
@Command(optionListHeading = "%nHealth, metrics and status:%n")
public final class HttpOptions {

  @Option(
      names = "--http",
      paramLabel = "[address:]port",
      converter = HttpAddress.class,
      description = {
        "Serve /healthz, /readyz, /metrics (Prometheus) and a status page over HTTP here; on"
            + " loopback if there is no address. Not encrypted, and without log-in: let nobody else"
            + " reach it."
      })
  private @Nullable InetSocketAddress http;

  @Option(
      names = "--status-names",
      description = "Let the status page show the names of peers, too, not only abbreviated ids.")
  private boolean names;

  /** Whether the status page shows names. */
  public boolean names() {
    return names;
  }

  /** {@code null} for none. */
  public @Nullable InetSocketAddress address() {
    return http;
  }
}
