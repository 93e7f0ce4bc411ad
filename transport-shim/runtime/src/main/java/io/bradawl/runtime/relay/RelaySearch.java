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
 * beside it (as RFC 8305 does it with addresses), and the first allocation is taken. It ends soon
 * without one: where nothing but TLS gets through, plain TCP is silent for long, and meanwhile
 * other credentials may have come. On the driver loop.
 */
final class RelaySearch implements TcpAllocation.Owner {

  /** Enough for a handshake of TLS and two round trips to the far end of the world. */
  static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration HEAD_START = Duration.ofSeconds(1);

  private final Surroundings with;
  private final TcpRelay relay;
  private final Duration patience;
  private final Queue<TurnServer> waiting;
  private final List<TcpAllocation> asked = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();
  private DriverLoop.@Nullable Timer next;
  private DriverLoop.@Nullable Timer deadline;
  private @Nullable TcpAllocation found;

  RelaySearch(Surroundings with, List<TurnServer> servers, TcpRelay relay, Duration patience) {
    this.with = with;
    this.relay = relay;
    this.patience = patience;
    this.waiting = new ArrayDeque<>(servers);
  }

  void start() {
    deadline = with.loop().at(with.loop().now() + patience.toNanos(), this::expire);
    askNext();
  }

  private void expire() {
    abandon();
    troubles.add("no answer from the others within " + patience.toSeconds() + " s");
    relay.exhausted(String.join("; ", troubles));
  }

  private void askNext() {
    TurnServer server = waiting.poll();
    if (found != null || server == null) {
      return;
    }
    asked.add(new TcpAllocation(server, with, this));
    if (!waiting.isEmpty()) {
      next = with.loop().at(with.loop().now() + HEAD_START.toNanos(), this::askNext);
    }
  }

  /** Whatever is found from now on is not wanted. */
  void abandon() {
    waiting.clear();
    end();
    List.copyOf(asked).forEach(TcpAllocation::release);
  }

  @Override
  public void allocated(TcpAllocation allocation) {
    if (found == null) {
      found = allocation;
      end();
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
    askNext();
    if (troubles.size() == asked.size()) {
      end();
      relay.exhausted(String.join("; ", troubles));
    }
  }

  @Override
  public void attempted(RelayedConnection connection, Octets first) {
    relay.attempted(connection, first);
  }

  private void end() {
    stopWaiting();
    if (deadline != null) {
      deadline.cancel();
      deadline = null;
    }
  }

  private void stopWaiting() {
    if (next != null) {
      next.cancel();
      next = null;
    }
  }
}
