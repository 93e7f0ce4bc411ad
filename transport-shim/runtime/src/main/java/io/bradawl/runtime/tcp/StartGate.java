package io.bradawl.runtime.tcp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds tasks back until the runtime is up, or is known never to be. Later they go straight to the
 * driver loop, in their order.
 */
final class StartGate {

  /** What wants the runtime. */
  interface Task {
    void run(Surroundings with);

    /** There will be no runtime. */
    void hopeless(String why);
  }

  private final List<Task> early = new ArrayList<>();
  private @Nullable String failure;
  private volatile @Nullable Surroundings surroundings;

  /** A task that is moot without the runtime. */
  void execute(Consumer<Surroundings> task) {
    execute(
        new Task() {
          @Override
          public void run(Surroundings with) {
            task.accept(with);
          }

          @Override
          public void hopeless(String why) {}
        });
  }

  void execute(Task task) {
    Surroundings open = surroundings;
    if (open != null) {
      open.loop().execute(() -> task.run(open));
    } else {
      holdBack(task);
    }
  }

  boolean inLoop() {
    Surroundings open = surroundings;
    return open != null && open.loop().inLoop();
  }

  synchronized void open(Surroundings with) {
    early.forEach(task -> with.loop().execute(() -> task.run(with)));
    early.clear();
    surroundings = with;
  }

  synchronized void fail(String why) {
    failure = why;
    early.forEach(task -> task.hopeless(why));
    early.clear();
  }

  private synchronized void holdBack(Task task) {
    Surroundings open = surroundings;
    if (open != null) {
      open.loop().execute(() -> task.run(open));
    } else if (failure != null) {
      task.hopeless(failure);
    } else {
      early.add(task);
    }
  }
}
