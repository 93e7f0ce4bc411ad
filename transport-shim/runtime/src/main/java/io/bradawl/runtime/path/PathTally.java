package io.bradawl.runtime.path;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.signal.PathCounts;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How many paths are live, by transport and kind. Thread-safe. */
public final class PathTally {

  /** One live path, or one that may become live. */
  public final class Entry {

    private final Transport transport;
    private Candidate.@Nullable Kind kind;

    private Entry(Transport transport) {
      this.transport = transport;
    }

    /** The path is live, and of this kind from now on; {@code null} if it is not live any more. */
    public void is(Candidate.@Nullable Kind now) {
      change(this, now);
    }
  }

  private final Map<Transport, Map<Candidate.Kind, Integer>> counts =
      new EnumMap<>(Transport.class);
  private final Consumer<PathCounts> listener;

  /**
   * @param listener is told of each change, on the thread that made it
   */
  public PathTally(Consumer<PathCounts> listener) {
    this.listener = listener;
  }

  /** A path that is not live yet. */
  public Entry entry(Transport transport) {
    return new Entry(transport);
  }

  private void change(Entry entry, Candidate.@Nullable Kind now) {
    PathCounts counted;
    synchronized (this) {
      if (entry.kind == now) {
        return;
      }
      add(entry.transport, entry.kind, -1);
      add(entry.transport, now, 1);
      entry.kind = now;
      counted = new PathCounts(counts);
    }
    listener.accept(counted);
  }

  private void add(Transport transport, Candidate.@Nullable Kind kind, int number) {
    if (kind != null) {
      counts
          .computeIfAbsent(transport, t -> new EnumMap<>(Candidate.Kind.class))
          .merge(kind, number, Integer::sum);
    }
  }
}
