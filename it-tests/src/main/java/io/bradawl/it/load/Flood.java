package io.bradawl.it.load;

import io.bradawl.it.load.client.RegisteredPeer;
import io.bradawl.it.load.crowd.Spray;
import io.bradawl.it.load.measure.Memory;
import io.bradawl.it.load.measure.UdpCounts;
import io.bradawl.it.load.measure.Usage;
import io.bradawl.it.load.subject.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server under datagrams from forged sources: what it does with them, and what it keeps. */
final class Flood {

  /** Enough for 100,000, although the sender hears peers in between. */
  private static final int PER_SECOND = 110_000;

  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration SLICE = Duration.ofSeconds(1);
  private static final int SLICES = 20;
  private static final int PEERS = 100;
  private static final int KIBI = 1024;

  private Flood() {}

  /** Floods it, while some peers show each second that they are there. */
  static void show(Subject server) throws IOException {
    List<RegisteredPeer> peers = new ArrayList<>();
    try (Spray spray = new Spray(server.address())) {
      for (int i = 0; i < PEERS; i++) {
        peers.add(RegisteredPeer.register(server.address(), i));
      }
      spray.run(WARM_UP, PER_SECOND);
      Memory before = server.memory();
      flood(server, spray, peers);
      Memory after = server.memory();
      System.out.printf(
          "  live heap %,d KiB before and %,d KiB after, the process beside it %+,d KiB%n",
          before.live() / KIBI, after.live() / KIBI, (after.resident() - before.resident()) / KIBI);
    } finally {
      for (RegisteredPeer peer : peers) {
        peer.close();
      }
    }
  }

  private static void flood(Subject server, Spray spray, List<RegisteredPeer> peers)
      throws IOException {
    int port = server.address().getPort();
    UdpCounts counts = UdpCounts.read(port);
    Usage.Reading start = server.usage().read();
    long sent = 0;
    int alive = 0;
    for (int i = 0; i < SLICES; i++) {
      sent += spray.run(SLICE, PER_SECOND);
      alive += RegisteredPeer.live(peers);
    }
    Usage.Spent spent = server.usage().read().since(start);
    UdpCounts those = UdpCounts.read(port).since(counts);
    System.out.printf(
        "  %,d datagrams, %,.0f/s, each from another source (%,.0f for a processor second of the"
            + " sender)%n",
        sent, sent / spent.wall(), sent / spent.loader());
    System.out.printf(
        "  %.1f %% answered, %.1f %% not read by a full server; %.2f of a core%n",
        100.0 * (those.sent() - sent) / sent,
        100.0 * those.dropped() / sent,
        spent.server() / spent.wall());
    System.out.printf(
        "  %d of %d signs of life of registered peers answered%n", alive, SLICES * peers.size());
  }
}
