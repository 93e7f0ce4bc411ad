package io.bradawl.agent.hook.tcp;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A task on a thread of its own: a virtual one where the JVM has such and is told to. */
final class Background<T> {

  static final boolean VIRTUAL = Boolean.getBoolean("test.virtual");

  private final FutureTask<T> task;

  private Background(FutureTask<T> task) {
    this.task = task;
  }

  static <T> Background<T> start(Callable<T> call) throws ReflectiveOperationException {
    FutureTask<T> task = new FutureTask<>(call);
    if (VIRTUAL) {
      Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    } else {
      Thread thread = new Thread(task);
      thread.setDaemon(true);
      thread.start();
    }
    return new Background<>(task);
  }

  T result() throws Exception {
    try {
      return task.get(2L * Dial.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
