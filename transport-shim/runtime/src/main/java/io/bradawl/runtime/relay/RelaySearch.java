package io.bradawl.runtime.relay;

import io.bradawl.protocol.Octets;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.turn.TurnServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Finds the server that gives an allocation: the best one has a head start, then the next is asked
 * beside it (as RFC 8305 does it with addresses), and the first allocation is taken. On the driver
 * loop.
 */
final class RelaySearch implements TcpAllocation.Owner {

  private static final Duration HEAD_START = Duration.ofSeconds(1);

  private final Surroundings with;
  private final TcpRelay relay;
  private final Queue<TurnServer> waiting;
  private final List<TcpAllocation> asked = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();
  private DriverLoop.@Nullable Timer next;
  private @Nullable TcpAllocation found;

  RelaySearch(Surroundings with, List<TurnServer> servers, TcpRelay relay) {
    this.with = with;
    this.relay = relay;
    this.waiting = new ArrayDeque<>(servers);
  }

  void start() {
    TurnServer server = waiting.poll();
    if (found != null || server == null) {
      return;
    }
    asked.add(new TcpAllocation(server, with, this));
    if (!waiting.isEmpty()) {
      next = with.loop().at(with.loop().now() + HEAD_START.toNanos(), this::start);
    }
  }

  /** Whatever is found from now on is not wanted. */
  void abandon() {
    waiting.clear();
    stopWaiting();
    List.copyOf(asked).forEach(TcpAllocation::release);
  }

  @Override
  public void allocated(TcpAllocation allocation) {
    if (found == null) {
      found = allocation;
      stopWaiting();
      asked.stream().filter(other -> other != allocation).forEach(TcpAllocation::release);
    }
    relay.allocated(allocation);
  }

  @Override
  public void failed(TcpAllocation allocation, String why) {
    if (found != null) {
      relay.failed(allocation, why);
      return;
    }
    troubles.add(allocation.server() + ": " + why);
    stopWaiting();
    start();
    if (troubles.size() == asked.size()) {
      relay.exhausted(String.join("; ", troubles));
    }
  }

  @Override
  public void attempted(RelayedConnection connection, Octets first) {
    relay.attempted(connection, first);
  }

  private void stopWaiting() {
    if (next != null) {
      next.cancel();
      next = null;
    }
  }
}
