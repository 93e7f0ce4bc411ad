package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.turn.client.TurnError;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.turn.TurnAccess;
import io.bradawl.runtime.turn.TurnServer;
import io.bradawl.runtime.turn.TurnServers;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relayed address of one socket: got when first wanted, kept while there are paths, given back
 * a while after the last one. Servers are asked in their order, each with a head start before the
 * next one; the first that gives an allocation has it. On the driver loop only.
 */
final class SocketRelay implements RelayClient.Listener, Gathering.Relay {

  private static final Logger log = LoggerFactory.getLogger("bradawl.relay");

  /** What a server over UDP needs to answer, usually; TCP is asked beside it then. */
  private static final Duration HEAD_START = Duration.ofMillis(300);

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LOOKING_AGAIN = Duration.ofMillis(50);
  private static final Duration LINGER = Duration.ofSeconds(30);

  private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(2);

  /** So long nobody waits for servers that have just failed. */
  private static final Duration DISCOURAGED = Duration.ofSeconds(20);

  private final AppDatagramSocket socket;
  private final UdpTables tables;
  private final Surroundings with;
  private final Arrivals arrivals;
  private final Runnable changed;
  private final Queue<TurnServer> untried = new ArrayDeque<>();
  private final List<RelayClient> asking = new ArrayList<>();
  private final List<Consumer<List<TransportAddress>>> waiting = new ArrayList<>();
  private @Nullable RelayClient client;
  private List<TransportAddress> addresses = List.of();

  /** The one that paths may lead over; stays while there is none in its place. */
  private List<TransportAddress> last = List.of();

  private long checkedAt;
  private long discouragedUntil = Long.MIN_VALUE;
  private long deadline;
  private boolean racing;

  /** The present server is not asked: another one is sought in its place. */
  private boolean replacing;

  private boolean kept;
  private int resolving;
  private boolean closed;
  private DriverLoop.@Nullable Timer timer;
  private DriverLoop.@Nullable Timer linger;

  /**
   * @param changed told when there is another relayed address than before
   */
  SocketRelay(
      AppDatagramSocket socket,
      UdpTables tables,
      Surroundings with,
      Arrivals arrivals,
      Runnable changed) {
    this.changed = changed;
    this.socket = socket;
    this.tables = tables;
    this.with = with;
    this.arrivals = arrivals;
  }

  @Override
  public void learn(Consumer<List<TransportAddress>> then) {
    boolean known = !addresses.isEmpty() && !replacing;
    if (closed || known || with.loop().now() < discouragedUntil) {
      then.accept(closed ? List.of() : addresses);
      return;
    }
    waiting.add(then);
    if (!racing) {
      begin();
    }
  }

  @Override
  public List<TransportAddress> addresses() {
    return addresses;
  }

  @Override
  public boolean isByStream() {
    return client != null && client.server().carrier().isStream();
  }

  boolean isAsking() {
    return !waiting.isEmpty();
  }

  /** Sends control to a peer by relay; lost without one. */
  void send(TransportAddress to, ByteBuffer control) {
    if (client != null) {
      client.send(to, control);
    }
  }

  /** How datagrams get to a peer by relay; lost without one. */
  Way way(TransportAddress to, DatagramSecurity security) {
    return client == null ? new NoWay() : client.way(to, security);
  }

  /** Nothing seems to get through: the server may have forgotten the allocation. */
  void check() {
    long now = with.loop().now();
    if (now - checkedAt < BETWEEN_CHECKS.toNanos()) {
      return;
    }
    checkedAt = now;
    if (client != null) {
      client.check();
    } else {
      seek();
    }
  }

  /** The rendezvous was lost, and found again or another one in its place. */
  void rendezvousChanged() {
    TurnAccess turn = with.turn();
    TurnServer present = client == null ? null : client.server();
    if (turn == null || closed) {
      return;
    }
    if (present == null || turn.servers().now().stream().noneMatch(present::isAt)) {
      discouragedUntil = Long.MIN_VALUE;
      if (racing) {
        join(turn);
      }
      seek();
    } else if (client != null) {
      client.check();
    }
  }

  /** Servers that are known only now take part in the race. */
  private void join(TurnAccess turn) {
    deadline = with.loop().now() + PATIENCE.toNanos();
    turn.servers().now().stream()
        .filter(server -> untried.stream().noneMatch(server::isAt))
        .filter(server -> asking.stream().noneMatch(client -> server.isAt(client.server())))
        .forEach(untried::add);
    next();
  }

  private void seek() {
    if (kept && !racing) {
      discouragedUntil = Long.MIN_VALUE;
      replacing = client != null;
      begin();
    }
  }

  /** Whether there are paths, for which the relay has to be kept. */
  void keep(boolean wanted) {
    kept = wanted;
    if (linger != null) {
      linger.cancel();
      linger = null;
    }
    if (!wanted && client != null) {
      linger = with.loop().at(with.loop().now() + LINGER.toNanos(), this::leave);
    } else if (!wanted && !racing) {
      with.relays().leave(this);
    }
  }

  void close() {
    closed = true;
    keep(true);
    cancelTimer();
    untried.clear();
    List.copyOf(asking).forEach(RelayClient::release);
    asking.clear();
    leave();
    answer();
  }

  @Override
  public void allocated(RelayClient by, List<TransportAddress> relayed) {
    log.debug("relayed address {} at {}", relayed, by.server());
    with.relayFailures().works(by.server());
    asking.remove(by);
    RelayClient before = client;
    if (before != null && before != by && !replacing) {
      by.release();
      return;
    }
    client = by;
    addresses = relayed;
    with.reach().answeredOver(by.server().carrier());
    finish();
    if (before != null && before != by) {
      before.release();
    }
    boolean moved = !last.isEmpty() && !last.equals(relayed);
    last = relayed;
    if (moved) {
      changed.run();
    }
  }

  @Override
  public void failed(RelayClient by, TurnError error) {
    with.relayFailures().failed(by.server(), error.text());
    asking.remove(by);
    if (client == by) {
      client = null;
      addresses = List.of();
      seek();
    } else if (racing) {
      next();
    }
  }

  @Override
  public void arrived(TransportAddress from, ByteBuffer datagram) {
    arrivals.byRelay(from, datagram);
  }

  private void begin() {
    racing = true;
    with.relays().enter(this);
    deadline = with.loop().now() + PATIENCE.toNanos();
    find();
  }

  /** Early in the life of a process the rendezvous has not said yet where there is a relay. */
  private void find() {
    cancelTimer();
    TurnAccess turn = with.turn();
    long now = with.loop().now();
    if (turn != null && !turn.servers().areKnown() && now < deadline) {
      timer = with.loop().at(now + LOOKING_AGAIN.toNanos(), this::find);
    } else if (turn == null || turn.servers().now().isEmpty()) {
      racing = false;
      answer();
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
      finish();
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
      asking.add(new StreamRelayClient(server, turn, with, this));
      return;
    }
    resolving++;
    turn.resolve(server.host(), server.port(), found -> ask(server, turn.servers(), found));
  }

  private void ask(TurnServer server, TurnServers servers, @Nullable InetSocketAddress found) {
    resolving--;
    if (closed || !racing) {
      return;
    }
    if (found == null) {
      with.relayFailures().failed(server, "its host name cannot be resolved");
      next();
    } else {
      UdpRelayClient asked = new UdpRelayClient(server, found, socket, tables, with, servers, this);
      asking.add(asked);
      asked.start();
    }
  }

  /** One has won, or none. */
  private void finish() {
    cancelTimer();
    racing = false;
    replacing = false;
    untried.clear();
    List<RelayClient> late = List.copyOf(asking);
    asking.clear();
    late.forEach(RelayClient::release);
    if (client == null) {
      discouragedUntil = with.loop().now() + DISCOURAGED.toNanos();
    }
    answer();
    keep(kept); // whoever has asked may have gone meanwhile
  }

  private void answer() {
    List<Consumer<List<TransportAddress>>> told = List.copyOf(waiting);
    waiting.clear();
    told.forEach(then -> then.accept(addresses));
  }

  private void leave() {
    linger = null;
    RelayClient left = client;
    client = null;
    addresses = List.of();
    last = List.of();
    with.relays().leave(this);
    if (left != null) {
      left.release();
    }
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
