package io.bradawl.rendezvous;

import io.bradawl.rendezvous.server.RendezvousServer;
import io.bradawl.rendezvous.telemetry.Family;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Telemetry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of peers before the server stops: nobody new is taken, those who are here are asked to
 * move, and what is relayed for them may come to its end. Peers that have nowhere to go are not
 * waited for long.
 */
final class Drain {

  private static final Logger LOG = LoggerFactory.getLogger("rendezvous");

  /** A peer registers elsewhere within seconds, then goes on listening here for a moment. */
  private static final Duration TO_MOVE = Duration.ofSeconds(6);

  private static final long LOOK_EVERY_MILLIS = 50;

  private final RendezvousServer server;
  private final Telemetry telemetry;
  private final StopSignals signals;

  Drain(RendezvousServer server, Telemetry telemetry, StopSignals signals) {
    this.server = server;
    this.telemetry = telemetry;
    this.signals = signals;
  }

  /** Returns when all have left, the time is over, or a second signal came, with the exit code. */
  int within(Duration limit) throws InterruptedException {
    LOG.info(
        "stopping: {} peers, {} allocations; waiting {} s",
        peers(),
        allocations(),
        limit.toSeconds());
    Duration patience = server.drain(limit).plus(TO_MOVE);
    long start = System.nanoTime();
    for (Duration passed = Duration.ZERO;
        isNeededAfter(passed, patience) && passed.compareTo(limit) < 0; ) {
      if (signals.awaitHurry(LOOK_EVERY_MILLIS)) {
        LOG.warn("stopping at once: {} peers, {} allocations are left", peers(), allocations());
        return signals.exitCode();
      }
      passed = Duration.ofNanos(System.nanoTime() - start);
    }
    LOG.info("drained: {} peers, {} allocations are left", peers(), allocations());
    return 0;
  }

  private boolean isNeededAfter(Duration passed, Duration patience) {
    return allocations() > 0 || peers() > 0 && passed.compareTo(patience) < 0;
  }

  private long peers() {
    return telemetry.measures().sum(Measure.PEERS);
  }

  private long allocations() {
    return telemetry.measures().sum(Family.ALLOCATIONS);
  }
}
