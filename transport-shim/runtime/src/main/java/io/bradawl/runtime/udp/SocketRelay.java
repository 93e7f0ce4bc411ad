package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.turn.client.TurnError;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.turn.TurnAccess;
import io.bradawl.runtime.turn.TurnServer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relayed address of one socket: got when first wanted, in a {@link RelayRace}, kept while
 * there are paths, given back a while after the last one. On the driver loop only.
 */
final class SocketRelay implements RelayRace.Owner, Gathering.Relay {

  private static final Logger log = LoggerFactory.getLogger("bradawl.relay");

  private static final Duration LINGER = Duration.ofSeconds(30);

  private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(2);

  /** So long nobody waits for servers that have just failed. */
  private static final Duration DISCOURAGED = Duration.ofSeconds(20);

  private final Surroundings with;
  private final Arrivals arrivals;
  private final Runnable changed;
  private final RelayRace race;
  private final List<Consumer<List<TransportAddress>>> waiting = new ArrayList<>();
  private @Nullable RelayClient client;
  private List<TransportAddress> addresses = List.of();

  /** The one that paths may lead over; stays while there is none in its place. */
  private List<TransportAddress> last = List.of();

  private long checkedAt;
  private long discouragedUntil = Long.MIN_VALUE;

  /** The present server is not asked: another one is sought in its place. */
  private boolean replacing;

  private boolean kept;
  private boolean closed;
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
    this.with = with;
    this.arrivals = arrivals;
    this.race = new RelayRace(socket, tables, with, this);
  }

  @Override
  public void learn(Consumer<List<TransportAddress>> then) {
    boolean known = !addresses.isEmpty() && !replacing;
    if (closed || known || with.loop().now() < discouragedUntil) {
      then.accept(closed ? List.of() : addresses);
      return;
    }
    waiting.add(then);
    if (!race.isOn()) {
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
      race.join(turn);
      seek();
    } else if (client != null) {
      client.check();
    }
  }

  private void seek() {
    if (kept && !closed && !race.isOn()) {
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
    } else if (!wanted && !race.isOn()) {
      with.relays().leave(this);
    }
  }

  void close() {
    closed = true;
    keep(true);
    race.end();
    leave();
    answer();
  }

  @Override
  public void allocated(RelayClient by, List<TransportAddress> relayed) {
    log.debug("relayed address {} at {}", relayed, by.server());
    with.relayFailures().works(by.server());
    race.won(by);
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
    if (client == by) {
      client = null;
      addresses = List.of();
      seek();
    } else {
      race.failed(by);
    }
  }

  @Override
  public void arrived(TransportAddress from, ByteBuffer datagram) {
    arrivals.byRelay(from, datagram);
  }

  private void begin() {
    with.relays().enter(this);
    race.begin();
  }

  @Override
  public void noneGives() {
    finish();
  }

  @Override
  public void noneIsKnown() {
    answer();
  }

  /** One has won, or none. */
  private void finish() {
    race.end();
    replacing = false;
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
}
