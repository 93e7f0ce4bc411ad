package io.bradawl.protocol.sim;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Time and chance of one simulation. */
public final class World {

  private final PriorityQueue<Event> events = new PriorityQueue<>(64);
  private final Random random;
  private long now;
  private long scheduled;
  private Consumer<Packet> witness = packet -> {};

  public World(long seed) {
    random = new Random(seed);
    // The origin of a machine's clock has no meaning, so let it be an odd one.
    now = -Duration.ofHours(1).toNanos();
  }

  public long now() {
    return now;
  }

  public Random random() {
    return random;
  }

  public void in(Duration delay, Runnable action) {
    at(now + delay.toNanos(), action);
  }

  public void at(long when, Runnable action) {
    events.add(new Event(Math.max(when, now), scheduled++, action));
  }

  /**
   * Lets events happen until {@code done}, or until {@code limit} has passed; says whether it was
   * done.
   */
  public boolean runUntil(BooleanSupplier done, Duration limit) {
    long end = now + limit.toNanos();
    while (!done.getAsBoolean()) {
      Event next = events.peek();
      if (next == null || next.at > end) {
        now = end;
        return false;
      }
      events.remove();
      now = next.at;
      next.action.run();
    }
    return true;
  }

  /** From now on {@code observer}, too, sees each packet that is put on a net. */
  public void watch(Consumer<Packet> observer) {
    witness = witness.andThen(observer);
  }

  void saw(Packet packet) {
    witness.accept(packet);
  }

  /** Whether nothing will happen any more. */
  public boolean isIdle() {
    return events.isEmpty();
  }

  public void run(Duration time) {
    runUntil(() -> false, time);
  }

  /** What happens at one time happens in the order in which it was scheduled. */
  private record Event(long at, long order, Runnable action) implements Comparable<Event> {

    @Override
    public int compareTo(Event other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
    }
  }
}
