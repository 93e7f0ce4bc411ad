package io.bradawl.rendezvous.telemetry;

import java.util.EnumSet;
import java.util.Set;

/** Whether load balancers should send peers here. Thread-safe. */
public final class Readiness {

  /** What keeps a server from being ready. */
  public enum Obstacle {
    /** Not every address is listened on yet. */
    STARTING,
    /** The server is about to stop, and waits for those that are still there to leave. Final. */
    DRAINING,
    /** What the other nodes know does not arrive here. */
    CLUSTER_LOST
  }

  private final Set<Obstacle> obstacles = EnumSet.noneOf(Obstacle.class);
  private volatile boolean draining;

  /** From now on {@code obstacle} is in the way. */
  public synchronized void hinderedBy(Obstacle obstacle) {
    obstacles.add(obstacle);
    if (obstacle == Obstacle.DRAINING) {
      draining = true;
    }
  }

  /** From now on {@code obstacle} is not in the way any more. */
  public synchronized void rid(Obstacle obstacle) {
    obstacles.remove(obstacle);
  }

  /** Whether nobody new is to be taken. */
  public boolean isDraining() {
    return draining;
  }

  /** What is in the way; empty if the server is ready. */
  public synchronized Set<Obstacle> obstacles() {
    return Set.copyOf(obstacles);
  }
}
