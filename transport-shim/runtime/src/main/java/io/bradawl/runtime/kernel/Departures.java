package io.bradawl.runtime.kernel;

import io.bradawl.runtime.loop.DriverLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Tells when connections are no more that belong to the application alone: it closes them, and
 * nobody is told. So the kernel is asked from time to time, while there are any. Only to be used on
 * the driver loop.
 */
public final class Departures {

  /** Between two looks. */
  static final Duration INTERVAL = Duration.ofSeconds(10);

  /** Of the time, at most this part is spent on looking. */
  private static final long SHARE = 100;

  /** One look may miss a connection that is there. */
  private static final int MISSES = 2;

  private final DriverLoop loop;
  private final TcpTable table;
  private final Executor aside;
  private final Map<Connection, Awaited> awaited = new HashMap<>();
  private boolean looking;

  /**
   * @param aside where the table is read, which takes a while where there are many sockets
   */
  public Departures(DriverLoop loop, TcpTable table, Executor aside) {
    this.loop = loop;
    this.table = table;
    this.aside = aside;
  }

  private record Connection(InetSocketAddress local, InetSocketAddress remote) {}

  private static final class Awaited {

    final Runnable gone;
    int misses;

    Awaited(Runnable gone) {
      this.gone = gone;
    }
  }

  /**
   * Has {@code gone} run, on the loop, some seconds after no process has the connection any more;
   * never where the kernel does not tell.
   *
   * @param local of a connection that stands
   */
  public void await(InetSocketAddress local, InetSocketAddress remote, Runnable gone) {
    if (!table.isThere()) {
      return;
    }
    Awaited before = awaited.put(new Connection(local, remote), new Awaited(gone));
    if (before != null) {
      before.gone.run(); // or there could not be another one with the same addresses
    }
    lookIn(INTERVAL.toNanos());
  }

  private void lookIn(long nanos) {
    if (!looking && !awaited.isEmpty()) {
      looking = true;
      loop.at(loop.now() + nanos, this::look);
    }
  }

  private void look() {
    Map<Connection, Awaited> sought = Map.copyOf(awaited);
    long began = loop.now();
    try {
      aside.execute(
          () -> {
            Set<Connection> there = standing(sought.keySet());
            loop.execute(() -> judge(sought, there, loop.now() - began));
          });
    } catch (RuntimeException | OutOfMemoryError e) { // there are too many threads
      judge(Map.of(), Set.of(), 0);
    }
  }

  /** Those that are there; all of them if nobody can tell. */
  private Set<Connection> standing(Set<Connection> sought) {
    Set<Connection> there = new HashSet<>();
    boolean told =
        table.read(
            entry -> {
              Connection connection = new Connection(entry.local(), entry.remote());
              if (entry.inode() != 0 && sought.contains(connection)) {
                there.add(connection);
              }
              return true;
            });
    return told ? there : sought;
  }

  private void judge(Map<Connection, Awaited> sought, Set<Connection> there, long took) {
    looking = false;
    sought.forEach(
        (connection, each) -> {
          each.misses = there.contains(connection) ? 0 : each.misses + 1;
          if (each.misses == MISSES && awaited.remove(connection, each)) {
            each.gone.run();
          }
        });
    lookIn(Math.max(INTERVAL.toNanos(), took * SHARE));
  }
}
