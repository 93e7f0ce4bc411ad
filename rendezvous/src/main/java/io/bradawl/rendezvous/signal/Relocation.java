package io.bradawl.rendezvous.signal;

import io.bradawl.protocol.signal.Signal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Asks peers to move to another node, not all at once: each of them proves itself there anew, which
 * costs that node far more than anything else that a peer does.
 */
final class Relocation {

  private static final long TICK_MILLIS = 50;

  /** What another node can take beside its own work. */
  private static final int PER_SECOND = 1000;

  private final ScheduledExecutorService loop;
  private final Queue<PeerConnection> waiting;
  private final long end;
  private final int batch;
  private final Duration spread;

  /**
   * @param loop of the connections
   * @param limit when this node stops; all are asked in half of that time, however many there are
   */
  Relocation(ScheduledExecutorService loop, Collection<PeerConnection> peers, Duration limit) {
    this.loop = loop;
    this.waiting = new ArrayDeque<>(peers);
    this.end = System.nanoTime() + limit.toNanos();
    this.spread = spread(peers.size(), limit);
    long ticks = Math.max(1, spread.toMillis() / TICK_MILLIS);
    this.batch = (int) ((peers.size() + ticks - 1) / ticks);
  }

  /** How long it takes to ask so many. */
  static Duration spread(int peers, Duration limit) {
    Duration gentle = Duration.ofMillis(peers * 1000L / PER_SECOND);
    Duration half = limit.dividedBy(2);
    return gentle.compareTo(half) < 0 ? gentle : half;
  }

  /** Begins; returns when the last one will have been asked. On the loop. */
  Duration start() {
    askSome();
    return spread;
  }

  private void askSome() {
    Signal.Move move = new Signal.Move(left());
    for (int i = 0; i < batch && !waiting.isEmpty(); i++) {
      waiting.remove().ask(move);
    }
    if (!waiting.isEmpty()) {
      loop.schedule(this::askSome, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }
}
