package io.bradawl.agent.hook;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of the runtime, which starts in the background: peer operations that come earlier wait for
 * it, but not for ever.
 */
public final class Awaited<T> {

  private final CompletableFuture<T> part;
  private final Duration patience;

  public Awaited(CompletableFuture<T> part, Duration patience) {
    this.part = part;
    this.patience = patience;
  }

  /** A part of this part. */
  public <U> Awaited<U> map(Function<? super T, ? extends U> to) {
    return new Awaited<>(part.thenApply(to), patience);
  }

  /** The part if it is there already, otherwise {@code null}. Never waits. */
  public @Nullable T now() {
    return part.isDone() && !part.isCompletedExceptionally() ? part.join() : null;
  }

  /**
   * Waits for the part.
   *
   * @throws IOException if the runtime failed to start, does not start in time, or the thread is
   *     interrupted (and stays so)
   */
  public T get() throws IOException {
    try {
      return part.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the Bradawl runtime did not start: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("the Bradawl runtime did not start within " + patience, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the Bradawl runtime was starting", e);
    }
  }
}
