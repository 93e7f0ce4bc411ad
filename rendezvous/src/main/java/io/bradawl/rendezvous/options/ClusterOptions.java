package io.bradawl.rendezvous.options;

import io.bradawl.rendezvous.cluster.ClusterSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  @Option(
      names = "--cluster-ca",
      paramLabel = "file",
      description = {
        "Authorities that may vouch for the Redis of a rediss:// address, as PEM; without: those"
            + " that the JVM believes."
      })
  private @Nullable Path authorities;

  /**
   * How other servers are known; {@code null} for a server that is alone.
   *
   * @throws IOException if a file cannot be read; the message names it
   */
  public @Nullable ClusterSettings settings() throws IOException {
    if (authorities != null && !Files.isReadable(authorities)) {
      throw new IOException("--cluster-ca " + authorities + " cannot be read");
    }
    return cluster == null ? null : cluster.trusting(authorities);
  }
}
