package io.bradawl.it.lab.userspace;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Does something in a network namespace. What is opened there stays there: sockets can be used from
 * anywhere afterwards.
 */
public final class Visit {

  private Visit() {}

  /**
   * @param namespace the file that holds the network namespace
   * @throws IllegalStateException if that cannot be entered, or if the action fails
   */
  public static <T> T to(Path namespace, Callable<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    // A thread of its own, since it changes its namespace for good.
    Thread thread =
        new Thread(
            () -> {
              try {
                enter(namespace);
                result.complete(action.call());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            },
            "visit");
    thread.start();
    try {
      return result.join();
    } catch (CompletionException e) {
      throw new IllegalStateException(
          "in the network namespace " + namespace + ": " + e.getCause(), e.getCause());
    }
  }

  private static void enter(Path namespace) {
    int target = Libc.open(namespace.toString(), 0);
    try {
      Libc.setns(target, Libc.CLONE_NEWNET);
    } finally {
      Libc.close(target);
    }
  }
}
