package io.bradawl.runtime.udp;

import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.turn.TurnServer;
import io.bradawl.runtime.turn.TurnServer.Carrier;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * What the sockets of this process have found out about the network: where a TURN server was to be
 * reached over TCP or TLS only, those are asked first the next time. On the driver loop only.
 */
final class Reach {

  private static final Duration BELIEVED = Duration.ofMinutes(5);

  private final DriverLoop loop;
  private Carrier best = Carrier.UDP;
  private long learnedAt;

  Reach(DriverLoop loop) {
    this.loop = loop;
  }

  /** Of those that were asked, the one over that carrier was the first to answer. */
  void answeredOver(Carrier carrier) {
    best = carrier;
    learnedAt = loop.now();
  }

  /** Whether nothing was heard by UDP lately, though something was over TCP or TLS. */
  boolean isWithoutUdp() {
    return best != Carrier.UDP && loop.now() - learnedAt <= BELIEVED.toNanos();
  }

  /** The servers in the order in which to ask. */
  List<TurnServer> sort(List<TurnServer> servers) {
    if (!isWithoutUdp()) {
      return servers;
    }
    return servers.stream()
        .sorted(Comparator.comparing(server -> server.carrier() != best))
        .toList();
  }
}
