package io.bradawl.rendezvous.cluster;

import io.bradawl.rendezvous.telemetry.Readiness;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signs of life of this node. Only Redis' clock tells when they are over, so those of the nodes
 * need not agree.
 */
final class Pulse {

  private static final Logger LOG = LoggerFactory.getLogger("rendezvous");
  private static final long LAST_WORD_MILLIS = 500;

  /** Who is told when Redis is there. */
  interface Listener {
    /**
     * @param forgetful whether it may have forgotten what it knew of this node
     */
    void beat(boolean forgetful);
  }

  private final ClusterSettings settings;
  private final NodeId node;
  private final Redis redis;
  private final Readiness readiness;
  private final Listener listener;
  private final Future<?> timer;
  private boolean healthy;
  private long heardAt = System.nanoTime();

  Pulse(
      ClusterSettings settings,
      NodeId node,
      Redis redis,
      ScheduledExecutorService thread,
      Readiness readiness,
      Listener listener) {
    this.settings = settings;
    this.node = node;
    this.redis = redis;
    this.readiness = readiness;
    this.listener = listener;
    readiness.hinderedBy(Readiness.Obstacle.CLUSTER_LOST);
    timer =
        thread.scheduleWithFixedDelay(
            () -> beat(thread), 50, settings.beat().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void beat(ScheduledExecutorService thread) {
    redis
        .run(
            Script.BEAT,
            new byte[0][],
            node.octets(),
            millis(settings.lost().toMillis()),
            millis(settings.lost().plus(settings.forgotten()).toMillis()))
        .whenCompleteAsync((answer, problem) -> heard(answer), thread);
  }

  private void heard(@Nullable List<byte[]> answer) {
    long now = System.nanoTime();
    if (answer != null && !Enrolment.isSame(answer.get(1), "0")) {
      heardAt = now;
      boolean known = Enrolment.isSame(answer.get(0), "1");
      if (!healthy) {
        healthy = true;
        readiness.rid(Readiness.Obstacle.CLUSTER_LOST);
        LOG.info("the cluster at {} is there", settings.place());
        listener.beat(true);
      } else {
        listener.beat(!known);
      }
    } else if (healthy && now - heardAt >= 2 * settings.beat().toNanos()) {
      healthy = false;
      readiness.hinderedBy(Readiness.Obstacle.CLUSTER_LOST);
      LOG.error(
          "Redis at {} does not answer; serving the peers of this node alone", settings.place());
    }
  }

  /** Other nodes are to know at once that nothing needs to be sent here any more. */
  void close() {
    timer.cancel(false);
    try {
      redis
          .run(Script.STOP, new byte[0][], node.octets())
          .toCompletableFuture()
          .get(LAST_WORD_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // They will notice.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] millis(long millis) {
    return Enrolment.text(Long.toString(millis));
  }
}
