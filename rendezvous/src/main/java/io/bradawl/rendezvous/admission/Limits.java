package io.bradawl.rendezvous.admission;

import io.bradawl.rendezvous.cluster.Quota;
import java.time.Duration;

/**
 * What one server bears.
 *
 * @param connections TCP connections at once
 * @param firstMessage until a new connection has sent its first whole message
 * @param silence between messages; also the lifetime of a registration
 * @param messagesPerSecond of one connection, sustained; ten times as many at once
 * @param quotas what one peer or one source may have of it
 * @param datagramRoom octets that wait at one UDP listener until they are read, as far as the
 *     system allows
 */
public record Limits(
    int connections,
    Duration firstMessage,
    Duration silence,
    int messagesPerSecond,
    Quotas quotas,
    int datagramRoom) {

  /** A tenth of a second of 100,000 short datagrams a second. */
  public static final int DATAGRAM_ROOM = 4 << 20;

  public static final Limits DEFAULT =
      new Limits(20_000, Duration.ofSeconds(10), Duration.ofSeconds(60), 100, Quotas.DEFAULT);

  /** With the usual room for datagrams. */
  public Limits(
      int connections,
      Duration firstMessage,
      Duration silence,
      int messagesPerSecond,
      Quotas quotas) {
    this(connections, firstMessage, silence, messagesPerSecond, quotas, DATAGRAM_ROOM);
  }

  /** What is counted across all nodes. A peer registers again at half of the lifetime. */
  public Quota ofCluster() {
    return new Quota(silence.multipliedBy(3), quotas.processesPerPeer(), Quotas.HOLDERS_OF_NAME);
  }
}
