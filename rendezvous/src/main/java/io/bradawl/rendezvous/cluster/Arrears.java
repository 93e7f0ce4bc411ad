package io.bradawl.rendezvous.cluster;

import io.bradawl.rendezvous.directory.Directory;
import io.bradawl.rendezvous.directory.Registration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What Redis has not been told while it was away: made up for when it is back, not all at once.
 *
 * @param <C> the connection over which a peer is reached
 */
final class Arrears<C> {

  private static final int AT_ONCE = 500;
  private static final long TICK_MILLIS = 50;

  /** Removals beyond that are left to the lifetime of what is entered. */
  private static final int MOST_REMOVALS = 10_000;

  private final Directory<C> here;
  private final ScheduledExecutorService thread;
  private final Consumer<Registration<C>> enter;
  private final Queue<Removal> removals = new ArrayDeque<>();
  private final Queue<Registration<C>> registrations = new ArrayDeque<>();
  private boolean owing;

  /** Takes something out of Redis. */
  interface Removal {
    CompletionStage<?> perform();
  }

  Arrears(Directory<C> here, ScheduledExecutorService thread, Consumer<Registration<C>> enter) {
    this.here = here;
    this.thread = thread;
    this.enter = enter;
  }

  /** Something could not be entered. */
  void grow() {
    owing = true;
  }

  void add(Removal removal) {
    if (removals.size() < MOST_REMOVALS) {
      removals.add(removal);
    }
  }

  /**
   * Redis is there.
   *
   * @param forgetful whether it may have forgotten what it knew of this node
   */
  void settle(boolean forgetful) {
    for (Removal due = removals.poll(); due != null; due = removals.poll()) {
      due.perform();
    }
    if ((forgetful || owing) && registrations.isEmpty()) {
      owing = false;
      registrations.addAll(List.copyOf(here.all()));
      enterSome();
    }
  }

  private void enterSome() {
    for (int i = 0; i < AT_ONCE && !registrations.isEmpty(); i++) {
      Registration<C> next = registrations.remove();
      if (next.equals(here.of(next.self()))) {
        enter.accept(next);
      }
    }
    if (!registrations.isEmpty()) {
      thread.schedule(this::enterSome, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
