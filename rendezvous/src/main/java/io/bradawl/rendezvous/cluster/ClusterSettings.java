package io.bradawl.rendezvous.cluster;

import io.lettuce.core.RedisURI;
import java.time.Duration;

/**
 * How nodes know of each other.
 *
 * @param redis where all nodes of the cluster meet
 * @param beat between signs of life
 * @param lost without a sign of life a node counts as lost
 * @param forgotten so long after that its peers count as lost with it; until then they are taken to
 *     be on their way to another node
 */
public record ClusterSettings(RedisURI redis, Duration beat, Duration lost, Duration forgotten) {

  /** Suits nodes that are a few milliseconds away from Redis. */
  public static ClusterSettings of(RedisURI redis) {
    return new ClusterSettings(
        redis, Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(11));
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
