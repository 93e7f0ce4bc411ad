package io.bradawl.agent.start;

import io.bradawl.agent.hook.Awaited;
import io.bradawl.agent.log.AgentLog;
import io.bradawl.agent.log.AgentLoggerProvider;
import java.util.concurrent.Callable;

/**
 * Starts the runtime while the application starts, on a thread of its own, whose classes and
 * threads owe nothing to the application: loading Netty and resolving the rendezvous takes longer
 * than {@code premain} may.
 */
final class RuntimeStart<R> implements Runnable {

  /**
   * How far ahead the application is let: until then the two would compete for processors and for
   * the locks of class loading. A look-up of a peer's name ends it.
   */
  private static final int HEAD_START_MILLIS = 50;

  private final Callable<R> start;
  private final Awaited<R> started;
  private final AgentLog log;

  private RuntimeStart(Callable<R> start, Awaited<R> started, AgentLog log) {
    this.start = start;
    this.started = started;
    this.log = log;
  }

  /** Runs {@code start}, soon, and hands what it returns to {@code started}. */
  static <R> void inBackground(Callable<R> start, Awaited<R> started, AgentLog log) {
    RuntimeStart<R> task = new RuntimeStart<>(start, started, log);
    Thread thread = new Thread(null, task, "bradawl-start", 0, false);
    thread.setContextClassLoader(RuntimeStart.class.getClassLoader());
    thread.setDaemon(true);
    thread.start();
  }

  /** Whatever goes wrong, hooks that wait must hear of it. */
  @Override
  @SuppressWarnings("CatchingUnchecked")
  public void run() {
    started.awaitDemand(HEAD_START_MILLIS);
    AgentLoggerProvider.logTo(log);
    try {
      started.fulfil(start.call());
    } catch (Exception | LinkageError e) {
      log.error("the runtime did not start; peers cannot be reached: " + e, e);
      started.fail(e);
    }
  }
}
