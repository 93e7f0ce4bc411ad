package io.bradawl.it.lab.userspace;

import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Does things later, in the order in which they are due; one thread. */
final class DelayLine implements AutoCloseable {

  private final DelayQueue<Due> queue = new DelayQueue<>();
  private final AtomicLong order = new AtomicLong();
  private final Thread thread = new Thread(this::run, "laboratory line");

  DelayLine() {
    thread.setDaemon(true);
    thread.start();
  }

  /** With no delay it happens at once, by the caller's thread. */
  void after(long nanos, Runnable action) {
    if (nanos == 0) {
      action.run();
    } else {
      queue.add(new Due(System.nanoTime() + nanos, order.getAndIncrement(), action));
    }
  }

  private void run() {
    try {
      while (true) {
        queue.take().action().run();
      }
    } catch (InterruptedException e) {
      queue.clear();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private record Due(long at, long order, Runnable action) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      Due due = (Due) other;
      int byTime = Long.compare(at - due.at, 0);
      return byTime == 0 ? Long.compare(order, due.order) : byTime;
    }
  }
}
