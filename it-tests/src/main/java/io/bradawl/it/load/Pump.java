package io.bradawl.it.load;

import java.time.Duration;
import java.util.List;

/** Keeps all flows under load, on one thread. */
final class Pump {

  private static final int HEAD = 16;

  private final List<Flow> flows;
  private final Batch batch = new Batch(HEAD, false);
  private final Readable readable;

  Pump(List<Flow> flows) {
    this.flows = flows;
    this.readable = new Readable(flows.stream().map(Flow::socket).toList());
  }

  /** Loads {@code server} for so long. */
  Sample run(Usage server, Duration time) {
    long sent = sent();
    long received = received();
    Usage.Reading before = server.read();
    long until = before.nanos() + time.toNanos();
    for (long now = before.nanos(); now < until; now = System.nanoTime()) {
      if (turn(now) == 0) {
        readable.await(1);
      }
    }
    return new Sample(received() - received, sent() - sent, server.read().since(before));
  }

  private int turn(long now) {
    int moved = 0;
    for (Flow flow : flows) {
      moved += flow.turn(batch, now);
    }
    return moved;
  }

  private long sent() {
    return flows.stream().mapToLong(Flow::sent).sum();
  }

  private long received() {
    return flows.stream().mapToLong(Flow::received).sum();
  }
}
