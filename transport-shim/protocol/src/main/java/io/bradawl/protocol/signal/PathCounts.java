package io.bradawl.protocol.signal;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Transport;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many live paths a process has, for the operator of the rendezvous. Whom they lead to stays
 * between the peers.
 *
 * @param byTransport to numbers of paths by the kind of the other peer's candidate in use; no zeros
 */
public record PathCounts(Map<Transport, Map<Candidate.Kind, Integer>> byTransport) {

  public static final PathCounts NONE = new PathCounts(Map.of());

  public PathCounts {
    Map<Transport, Map<Candidate.Kind, Integer>> copy = new EnumMap<>(Transport.class);
    byTransport.forEach(
        (transport, counts) -> {
          Map<Candidate.Kind, Integer> some = new EnumMap<>(Candidate.Kind.class);
          counts.forEach((kind, count) -> put(some, kind, count));
          if (!some.isEmpty()) {
            copy.put(transport, Map.copyOf(some));
          }
        });
    byTransport = Map.copyOf(copy);
  }

  private static void put(Map<Candidate.Kind, Integer> into, Candidate.Kind kind, int count) {
    if (count < 0) {
      throw new IllegalArgumentException(count + " " + kind + " paths");
    }
    if (count > 0) {
      into.put(kind, count);
    }
  }

  /** How many of this kind. */
  public int of(Transport transport, Candidate.Kind kind) {
    return byTransport.getOrDefault(transport, Map.of()).getOrDefault(kind, 0);
  }
}
