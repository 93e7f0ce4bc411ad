package io.bradawl.rendezvous.options;

import io.bradawl.rendezvous.cluster.ClusterSettings;
import io.bradawl.rendezvous.tls.Certificates;
import io.bradawl.rendezvous.watch.NamedFile;
import java.io.IOException;
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
      converter = RedisAddress.Reader.class,
      description = {
        "Share registrations and signals with all servers that are given the same Redis:"
            + " redis://[user:password@]host[:port][/database], or rediss:// for TLS. Whoever can"
            + " write there can disturb what this server does. A password is best given in a file"
            + " or the environment."
      })
  private @Nullable RedisAddress cluster;

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
   * @throws IOException if a file cannot be used; the message names it
   */
  public @Nullable ClusterSettings settings() throws IOException {
    RedisAddress redis = cluster;
    Path trusted = authorities;
    if (trusted != null) {
      Certificates.read(new NamedFile("file of --cluster-ca", trusted));
    }
    return redis == null ? null : ClusterSettings.of(redis.uri()).trusting(trusted);
  }
}
