package io.bradawl.rendezvous.cluster;

import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How nodes know of each other.
 *
 * @param redis where all nodes of the cluster meet
 * @param trust PEM file of the authorities that may vouch for a Redis with TLS; {@code null} for
 *     those that the JVM believes
 * @param beat between signs of life
 * @param lost without a sign of life a node counts as lost
 * @param forgotten so long after that its peers count as lost with it; until then they are taken to
 *     be on their way to another node
 */
public record ClusterSettings(
    RedisURI redis, @Nullable Path trust, Duration beat, Duration lost, Duration forgotten) {

  /** Suits nodes that are a few milliseconds away from Redis. */
  public static ClusterSettings of(RedisURI redis) {
    return new ClusterSettings(
        redis, null, Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(11));
  }

  /** With these authorities. */
  public ClusterSettings trusting(@Nullable Path authorities) {
    return new ClusterSettings(redis, authorities, beat, lost, forgotten);
  }

  /** Without the password. */
  public String place() {
    return redis.getHost() + ":" + redis.getPort() + "/" + redis.getDatabase();
  }

  @Override
  public String toString() {
    return "ClusterSettings[" + place() + "]";
  }
}
