package io.bradawl.runtime.splice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The threads that splices run on: at most two, daemons, started with the first splice and ended
 * when there has been none for a while. May be used from any thread.
 */
public final class SpliceLoops implements AutoCloseable {

  private static final int MOST_THREADS = 2;
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final long idleNanos;
  private final @Nullable SpliceLoop[] loops;

  /** No thread yet. */
  public SpliceLoops() {
    this(IDLE_NANOS);
  }

  SpliceLoops(long idleNanos) {
    this.idleNanos = idleNanos;
    int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    this.loops = new @Nullable SpliceLoop[threads];
  }

  /** The loop with the fewest splices; it stays until {@link #leave}. */
  synchronized SpliceLoop enter() {
    int least = 0;
    for (int i = 1; i < loops.length; i++) {
      if (load(i) < load(least)) {
        least = i;
      }
    }
    SpliceLoop loop = loops[least];
    if (loop == null) {
      loop = new SpliceLoop("bradawl-splice-" + least);
      loops[least] = loop;
    }
    loop.load++;
    return loop;
  }

  private int load(int index) {
    SpliceLoop loop = loops[index];
    return loop == null ? 0 : loop.load;
  }

  synchronized void leave(SpliceLoop loop) {
    if (--loop.load == 0 && running().contains(loop)) {
      loop.driver().at(loop.driver().now() + idleNanos, () -> endIfIdle(loop));
    }
  }

  private synchronized void endIfIdle(SpliceLoop loop) {
    for (int i = 0; i < loops.length; i++) {
      if (loops[i] == loop && loop.load == 0) {
        loops[i] = null;
        loop.close();
      }
    }
  }

  /**
   * For the end of the process, after the application's own shutdown hooks: what it has written so
   * far is sent and its connections are ended in order, as the kernel does it for plain sockets.
   * Without it the peers would see resets.
   *
   * @param patience how long to wait at most
   * @return whether all has been handed to the kernel
   */
  public boolean drain(Duration patience) {
    CompletableFuture<Void> sent = onEach(SpliceLoops::hurry);
    try {
      sent.thenCompose(all -> onEach(SpliceLoops::settle))
          .get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private CompletableFuture<Void> onEach(Function<SpliceLoop, CompletableFuture<Void>> task) {
    List<CompletableFuture<?>> done = new ArrayList<>();
    for (SpliceLoop loop : running()) {
      done.add(
          CompletableFuture.supplyAsync(() -> task.apply(loop), loop.driver())
              .thenCompose(all -> all));
    }
    return allOf(done);
  }

  /** Only then, since what splices send may have to pass a tunnel. */
  private static CompletableFuture<Void> settle(SpliceLoop loop) {
    List<CompletableFuture<?>> passed = new ArrayList<>();
    for (TlsTunnel tunnel : List.copyOf(loop.tunnels())) {
      passed.add(tunnel.settle());
    }
    return allOf(passed);
  }

  private static CompletableFuture<Void> hurry(SpliceLoop loop) {
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (Splice splice : List.copyOf(loop.splices())) {
      sent.add(splice.hurry());
    }
    return allOf(sent);
  }

  private static CompletableFuture<Void> allOf(List<CompletableFuture<?>> futures) {
    return CompletableFuture.allOf(futures.toArray(new CompletableFuture<?>[0]));
  }

  private synchronized List<SpliceLoop> running() {
    List<SpliceLoop> running = new ArrayList<>();
    for (SpliceLoop loop : loops) {
      if (loop != null) {
        running.add(loop);
      }
    }
    return running;
  }

  /** Resets whatever is still spliced, and ends the threads. */
  @Override
  public synchronized void close() {
    for (int i = 0; i < loops.length; i++) {
      SpliceLoop loop = loops[i];
      if (loop != null) {
        loops[i] = null;
        loop.driver().execute(() -> List.copyOf(loop.splices()).forEach(Splice::abandon));
        loop.close();
      }
    }
  }
}
