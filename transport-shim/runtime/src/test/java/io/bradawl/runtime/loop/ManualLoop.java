package io.bradawl.runtime.loop;

import java.nio.channels.SelectableChannel;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.IntConsumer;

/** A driver loop in simulated time: nothing happens until the test lets it. */
public final class ManualLoop implements DriverLoop {

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
  private long now;
  private long order;

  @Override
  public long now() {
    return now;
  }

  @Override
  public boolean inLoop() {
    return true;
  }

  @Override
  public void execute(Runnable task) {
    at(now, task);
  }

  @Override
  public Timer at(long atNanos, Runnable task) {
    Task entry = new Task(Math.max(now, atNanos), order++, task);
    tasks.add(entry);
    return () -> tasks.remove(entry);
  }

  @Override
  public Watch watch(SelectableChannel channel, int interestOps, IntConsumer ready) {
    throw new UnsupportedOperationException("simulated time knows no channels");
  }

  /** Lets {@code nanos} pass, running what falls due. */
  public void pass(long nanos) {
    long until = now + nanos;
    while (!tasks.isEmpty() && tasks.element().at <= until) {
      Task next = tasks.remove();
      now = next.at;
      next.task.run();
    }
    now = until;
  }

  /** Runs what is due now. */
  public void drain() {
    pass(0);
  }

  /** How many tasks and timers wait. */
  public int waiting() {
    return tasks.size();
  }

  private record Task(long at, long order, Runnable task) {}
}
