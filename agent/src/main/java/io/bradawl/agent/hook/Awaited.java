package io.bradawl.agent.hook;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A part of the runtime, which starts in the background: peer operations that come earlier wait for
 * it, but not for ever. Built on latches, because {@code CompletableFuture} takes half a hundred
 * more classes along when the JVM starts.
 */
public final class Awaited<T> {

  private final CountDownLatch wanted = new CountDownLatch(1);
  private final CountDownLatch settled = new CountDownLatch(1);
  private final int patienceSeconds;
  private volatile @Nullable T part;
  private volatile @Nullable Throwable failure;

  /**
   * @param patienceSeconds how long {@link #get} waits
   */
  public Awaited(int patienceSeconds) {
    this.patienceSeconds = patienceSeconds;
  }

  /** Here it is. */
  public void fulfil(T started) {
    part = started;
    settled.countDown();
  }

  /** It will never be there. */
  public void fail(Throwable reason) {
    failure = reason;
    settled.countDown();
  }

  /** Returns when somebody wants the part, at the latest after {@code millis}. */
  public void awaitDemand(long millis) {
    try {
      wanted.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The part if it is there already, otherwise {@code null}. Never waits. */
  public @Nullable T now() {
    return part;
  }

  /**
   * Waits for the part.
   *
   * @throws IOException if the runtime failed to start, does not start in time, or the thread is
   *     interrupted (and stays so)
   */
  public T get() throws IOException {
    wanted.countDown();
    try {
      if (!settled.await(patienceSeconds, TimeUnit.SECONDS)) {
        throw new IOException("the Bradawl runtime did not start within " + patienceSeconds + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the Bradawl runtime was starting", e);
    }
    T started = part;
    if (started == null) {
      throw new IOException("the Bradawl runtime did not start: " + failure, failure);
    }
    return started;
  }
}
