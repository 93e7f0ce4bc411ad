package io.bradawl.agent.start;

import io.bradawl.agent.hook.Awaited;
import io.bradawl.agent.log.AgentLog;
import io.bradawl.agent.log.AgentLoggerProvider;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * Starts the runtime while the application starts: loading Netty and resolving the rendezvous takes
 * longer than {@code premain} may.
 */
final class RuntimeStart {

  /** How long an operation on a peer waits for the runtime. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private RuntimeStart() {}

  /**
   * Runs {@code start} on a thread of its own, whose classes and threads owe nothing to the
   * application.
   */
  static <R> Awaited<R> inBackground(Callable<R> start, AgentLog log) {
    AgentLoggerProvider.logTo(log);
    CompletableFuture<R> runtime = new CompletableFuture<>();
    Runnable task =
        new Runnable() {
          @Override
          public void run() {
            complete(runtime, start, log);
          }
        };
    Thread thread = new Thread(null, task, "bradawl-start", 0, false);
    thread.setContextClassLoader(RuntimeStart.class.getClassLoader());
    thread.setDaemon(true);
    thread.start();
    return new Awaited<>(runtime, PATIENCE);
  }

  /** Whatever goes wrong, hooks that wait must hear of it. */
  @SuppressWarnings("CatchingUnchecked")
  private static <R> void complete(CompletableFuture<R> runtime, Callable<R> start, AgentLog log) {
    try {
      runtime.complete(start.call());
    } catch (Exception | LinkageError e) {
      log.error("the runtime did not start; peers cannot be reached: " + e, e);
      runtime.completeExceptionally(e);
    }
  }
}
