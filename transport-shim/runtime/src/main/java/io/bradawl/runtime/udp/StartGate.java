package io.bradawl.runtime.udp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds tasks back until the runtime is up, so that an application that binds or sends before then
 * need not wait. Later they go straight to the driver loop, in their order.
 */
final class StartGate {

  private List<Consumer<Surroundings>> early = new ArrayList<>();
  private boolean closedForGood;
  private volatile @Nullable Surroundings surroundings;

  void execute(Consumer<Surroundings> task) {
    Surroundings open = surroundings;
    if (open != null || !holdBack(task)) {
      pass(task);
    }
  }

  synchronized void open(Surroundings with) {
    early.forEach(task -> with.loop().execute(() -> task.accept(with)));
    early = List.of();
    surroundings = with; // last, so that no later task overtakes
  }

  synchronized void closeForGood() {
    closedForGood = true;
    early = List.of();
  }

  private synchronized boolean holdBack(Consumer<Surroundings> task) {
    return surroundings == null && (closedForGood || early.add(task));
  }

  private void pass(Consumer<Surroundings> task) {
    Surroundings open = surroundings;
    if (open != null) {
      open.loop().execute(() -> task.accept(open));
    }
  }
}
