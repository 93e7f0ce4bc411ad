package io.bradawl.rendezvous.options;

import io.bradawl.rendezvous.cluster.ClusterSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which other servers know of the same peers. */
@Command(optionListHeading = "%nCluster:%n")
public final class ClusterOptions {

  @Option(
      names = "--cluster",
      paramLabel = "redis://host",
      converter = RedisAddress.class,
      description = {
        "Share registrations and signals with all servers that are given the same Redis:"
            + " redis://[user:password@]host[:port][/database], or rediss:// for TLS. Whoever can"
            + " write there can disturb what this server does. A password is best given in a file"
            + " or the environment."
      })
  private @Nullable ClusterSettings cluster;

  /** {@code null} for a server that is alone. */
  public @Nullable ClusterSettings settings() {
    return cluster;
  }
}
