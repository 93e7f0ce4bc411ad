package io.bradawl.runtime.path;

import io.bradawl.runtime.loop.DriverLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds tasks back until the runtime is up, or is known never to be, so that an application that
 * connects or binds before then need not wait. Later they go straight to the driver loop, in their
 * order.
 *
 * @param <P> the parts of the runtime that the tasks work with
 */
public final class StartGate<P> {

  /** What wants the runtime. */
  public interface Task<P> {
    /** On the driver loop. */
    void run(P parts);

    /** There will be no runtime. */
    void hopeless(String why);
  }

  private record Opened<P>(DriverLoop loop, P parts) {
    void pass(Task<P> task) {
      loop.execute(() -> task.run(parts));
    }
  }

  private final List<Task<P>> early = new ArrayList<>();
  private @Nullable String failure;
  private volatile @Nullable Opened<P> opened;

  /** A task that is moot without the runtime. */
  public void execute(Consumer<P> task) {
    execute(
        new Task<>() {
          @Override
          public void run(P parts) {
            task.accept(parts);
          }

          @Override
          public void hopeless(String why) {}
        });
  }

  /** A task that must learn of it if there is no runtime. */
  public void execute(Task<P> task) {
    Opened<P> open = opened;
    if (open != null) {
      open.pass(task);
    } else {
      holdBack(task);
    }
  }

  /** Whether the caller is on the driver loop. */
  public boolean inLoop() {
    Opened<P> open = opened;
    return open != null && open.loop().inLoop();
  }

  /** The runtime is up. */
  public synchronized void open(DriverLoop loop, P parts) {
    Opened<P> open = new Opened<>(loop, parts);
    early.forEach(open::pass);
    early.clear();
    opened = open; // last, so that no later task overtakes
  }

  /** The runtime will never be up. */
  public synchronized void fail(String why) {
    failure = why;
    early.forEach(task -> task.hopeless(why));
    early.clear();
  }

  private synchronized void holdBack(Task<P> task) {
    Opened<P> open = opened;
    if (open != null) {
      open.pass(task);
    } else if (failure != null) {
      task.hopeless(failure);
    } else {
      early.add(task);
    }
  }
}
