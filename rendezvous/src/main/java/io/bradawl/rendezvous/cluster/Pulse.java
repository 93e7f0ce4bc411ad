package io.bradawl.rendezvous.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Readiness;
import io.bradawl.rendezvous.telemetry.Telemetry;
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
  private final Telemetry telemetry;
  private final Listener listener;
  private final Future<?> timer;
  private boolean healthy;
  private long nodes;
  private long heardAt = System.nanoTime();

  Pulse(
      ClusterSettings settings,
      NodeId node,
      Redis redis,
      ScheduledExecutorService thread,
      Telemetry telemetry,
      Listener listener) {
    this.settings = settings;
    this.node = node;
    this.redis = redis;
    this.telemetry = telemetry;
    this.listener = listener;
    telemetry.readiness().hinderedBy(Readiness.Obstacle.CLUSTER_LOST);
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
      count(Long.parseLong(new String(answer.get(2), US_ASCII)));
      boolean known = Enrolment.isSame(answer.get(0), "1");
      if (!healthy) {
        healthy = true;
        telemetry.readiness().rid(Readiness.Obstacle.CLUSTER_LOST);
        LOG.info("the cluster at {} is there", settings.place());
        listener.beat(true);
      } else {
        listener.beat(!known);
      }
    } else if (healthy && now - heardAt >= 2 * settings.beat().toNanos()) {
      healthy = false;
      count(0);
      telemetry.readiness().hinderedBy(Readiness.Obstacle.CLUSTER_LOST);
      LOG.error(
          "Redis at {} does not answer; serving the peers of this node alone", settings.place());
    }
  }

  private void count(long seen) {
    telemetry.measures().add(Measure.CLUSTER_NODES, seen - nodes);
    nodes = seen;
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
