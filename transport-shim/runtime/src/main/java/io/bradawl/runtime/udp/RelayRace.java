package io.bradawl.runtime.udp;

import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.turn.TurnAccess;
import io.bradawl.runtime.turn.TurnServer;
import io.bradawl.runtime.turn.TurnServers;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Asks TURN servers for an allocation for one socket: in their order, each with a head start before
 * the next one, until the owner has one and ends it, or patience does. On the driver loop only.
 */
final class RelayRace {

  /** For whom it is run; told of what each server says, too. */
  interface Owner extends RelayClient.Listener {
    /** Nobody has given an allocation, and nobody is waited for any longer. */
    void noneGives();

    /** There is no server to ask; the race is over. */
    void noneIsKnown();
  }

  /** What a server over UDP needs to answer, usually; TCP is asked beside it then. */
  private static final Duration HEAD_START = Duration.ofMillis(300);

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LOOKING_AGAIN = Duration.ofMillis(50);

  private final AppDatagramSocket socket;
  private final UdpTables tables;
  private final Surroundings with;
  private final Owner owner;
  private final Queue<TurnServer> untried = new ArrayDeque<>();
  private final List<RelayClient> asking = new ArrayList<>();
  private int resolving;
  private long deadline;
  private boolean on;
  private DriverLoop.@Nullable Timer timer;

  RelayRace(AppDatagramSocket socket, UdpTables tables, Surroundings with, Owner owner) {
    this.socket = socket;
    this.tables = tables;
    this.with = with;
    this.owner = owner;
  }

  boolean isOn() {
    return on;
  }

  void begin() {
    on = true;
    deadline = with.loop().now() + PATIENCE.toNanos();
    find();
  }

  /** Servers that are known only now take part, if it is on. */
  void join(TurnAccess turn) {
    if (!on) {
      return;
    }
    deadline = with.loop().now() + PATIENCE.toNanos();
    turn.servers().now().stream()
        .filter(server -> untried.stream().noneMatch(server::isAt))
        .filter(server -> asking.stream().noneMatch(client -> server.isAt(client.server())))
        .forEach(untried::add);
    next();
  }

  /** It has given an allocation, and is the owner's from now on. */
  void won(RelayClient client) {
    asking.remove(client);
  }

  /** It will give none. */
  void failed(RelayClient client) {
    asking.remove(client);
    if (on) {
      next();
    }
  }

  /** Whoever is still asked is released. */
  void end() {
    cancelTimer();
    on = false;
    untried.clear();
    List<RelayClient> late = List.copyOf(asking);
    asking.clear();
    late.forEach(RelayClient::release);
  }

  /** Early in the life of a process the rendezvous has not said yet where there is a relay. */
  private void find() {
    cancelTimer();
    TurnAccess turn = with.turn();
    long now = with.loop().now();
    if (turn != null && !turn.servers().areKnown() && now < deadline) {
      timer = with.loop().at(now + LOOKING_AGAIN.toNanos(), this::find);
    } else if (turn == null || turn.servers().now().isEmpty()) {
      on = false;
      owner.noneIsKnown();
    } else {
      untried.addAll(with.reach().sort(turn.servers().now()));
      next();
    }
  }

  /** Asks the next server, or gives up. */
  private void next() {
    cancelTimer();
    TurnServer server = untried.poll();
    long now = with.loop().now();
    if (server != null) {
      timer = with.loop().at(now + HEAD_START.toNanos(), this::next);
      ask(server);
    } else if (asking.isEmpty() && resolving == 0 || now >= deadline) {
      owner.noneGives();
    } else {
      timer = with.loop().at(deadline, this::next);
    }
  }

  private void ask(TurnServer server) {
    TurnAccess turn = with.turn();
    if (turn == null) {
      return;
    }
    if (server.carrier().isStream()) {
      asking.add(new StreamRelayClient(server, turn, with, owner));
      return;
    }
    resolving++;
    turn.resolve(server.host(), server.port(), found -> ask(server, turn.servers(), found));
  }

  private void ask(TurnServer server, TurnServers servers, @Nullable InetSocketAddress found) {
    resolving--;
    if (!on) {
      return;
    }
    if (found == null) {
      with.relayFailures().failed(server, "its host name cannot be resolved");
      next();
    } else {
      UdpRelayClient asked =
          new UdpRelayClient(server, found, socket, tables, with, servers, owner);
      asking.add(asked);
      asked.start();
    }
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
