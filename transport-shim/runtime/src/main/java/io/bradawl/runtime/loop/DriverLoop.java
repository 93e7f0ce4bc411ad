package io.bradawl.runtime.loop;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;

/** The agent's single thread: tasks, timers and readiness of its own non-blocking channels. */
public interface DriverLoop extends Executor {

  /** Monotonic time in nanoseconds, the {@code now} of every machine. */
  long now();

  /** Whether the caller is on the loop's thread. */
  boolean inLoop();

  /**
   * Runs {@code task} on the loop when {@link #now} has reached {@code atNanos}. May be called from
   * any thread.
   */
  Timer at(long atNanos, Runnable task);

  /**
   * Watches a non-blocking channel. {@code ready} gets the {@link java.nio.channels.SelectionKey}
   * operations that are ready, on the loop. Only to be called on the loop.
   */
  Watch watch(SelectableChannel channel, int interestOps, IntConsumer ready) throws IOException;

  /** A task that has not run yet. */
  interface Timer {
    void cancel();
  }

  /** A channel being watched. Only to be used on the loop. */
  interface Watch {
    void interest(int ops);

    /** Stops watching; for a channel that is going to be closed. */
    void cancel();

    /**
     * Stops watching and leaves the channel open. {@code released} runs on the loop once the fd is
     * in no selector any more: only then may it be handed to somebody else, because epoll would go
     * on reporting for its duplicates.
     */
    void release(Runnable released);
  }
}
