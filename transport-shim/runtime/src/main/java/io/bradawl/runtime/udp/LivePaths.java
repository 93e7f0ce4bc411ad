package io.bradawl.runtime.udp;

import static java.util.Objects.requireNonNull;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.udp.Pair;
import io.bradawl.protocol.path.udp.PathOutput;
import io.bradawl.protocol.path.udp.UdpPath;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.runtime.session.AgreedSession;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The paths of one socket that are being made or are up: performs what their machines want and
 * keeps the {@link UdpTables} true to it. On the driver loop only.
 *
 * <p>Two sessions may lead to the same route. If both peers have offered at the same moment, both
 * use the same one, see {@link PathDriver#isOutranked}; if one of them has started anew, the one
 * that came up last. The other ends by itself, for lack of use or of consent; should the one in use
 * end first, it takes its place.
 */
final class LivePaths implements PathDriver.Performer {

  /** Whom the fate of a path concerns. */
  interface Listener {
    void up(Route route);

    /** An attempt at the route has failed, and no path to it is in use. */
    void failed(Route route, String text);

    /** The route has a path that may be of no use any more; a new one had better be offered. */
    void ailing(Route route);

    /** The route is free again, or will soon be. */
    void left(Route route);

    void changed();
  }

  private final AppDatagramSocket app;
  private final SocketRelay relay;
  private final UdpTables tables;
  private final Surroundings with;
  private final Aftermath aftermath;
  private final Listener listener;
  private final Chronicle chronicle;

  /** With the peer that has answered our offer, if it was ours. */
  private final Map<PathDriver, @Nullable PeerRef> paths = new HashMap<>();

  private boolean closed;

  LivePaths(
      AppDatagramSocket app,
      SocketRelay relay,
      UdpTables tables,
      Surroundings with,
      Aftermath aftermath,
      Listener listener) {
    this.app = app;
    this.relay = relay;
    this.tables = tables;
    this.with = with;
    this.aftermath = aftermath;
    this.listener = listener;
    this.chronicle = new Chronicle(app, relay, with);
  }

  void start(Route route, AgreedSession agreed, long askedAt, @Nullable PeerRef answerer) {
    PathDriver path =
        new PathDriver(
            route,
            reachable(agreed.path()),
            DatagramSecurity.of(agreed),
            askedAt,
            with.random(),
            with.loop(),
            this);
    beingMade(route).findAny().ifPresent(path::contest);
    tables.enter(path, agreed.path().remote());
    paths.put(path, answerer);
    path.takeAlong();
    path.start();
    listener.changed();
  }

  boolean isEmpty() {
    return paths.isEmpty();
  }

  boolean isBeingMade(Route route) {
    return beingMade(route).findAny().isPresent();
  }

  /** What waits for the route need not wait for all of the path that is being made. */
  void takeAlong(Route route) {
    beingMade(route).findAny().ifPresent(PathDriver::takeAlong);
  }

  boolean areAnyBeingMade() {
    return paths.keySet().stream().anyMatch(path -> !path.isUp());
  }

  boolean leadTo(Route route) {
    return paths.keySet().stream().anyMatch(path -> path.route == route);
  }

  private Stream<PathDriver> beingMade(Route route) {
    return paths.keySet().stream().filter(path -> path.route == route && !path.isUp());
  }

  void close() {
    closed = true;
    List.copyOf(paths.keySet()).forEach(this::leave);
    chronicle.close();
  }

  @Override
  public void send(PathOutput.Send what) {
    TransportAddress to = what.to().remote();
    ByteBuffer message = what.message().asByteBuffer();
    if (what.to().isRelayed()) {
      relay.send(to, message);
    } else {
      app.send(message, new InetSocketAddress(to.ip(), to.port()));
    }
  }

  @Override
  public void proven(PathDriver path, Pair pair) {
    if (!closed) {
      tables.sources(pair.base()).add(pair.remote(), path);
    }
  }

  @Override
  public Way way(Pair pair, DatagramSecurity security) {
    TransportAddress to = pair.remote();
    return pair.isRelayed()
        ? relay.way(to, security)
        : new DirectWay(new InetSocketAddress(to.ip(), to.port()), security);
  }

  @Override
  public void use(PathDriver path, Way way, Pair pair, Candidate.Kind kind, boolean first) {
    Candidate.Kind before = path.kind();
    path.is(kind);
    if (first ? !path.isOutranked() : path.route.current == path) {
      lead(path, way, pair, first ? null : before);
    } else {
      chronicle.moved(path, kind);
    }
    listener.changed();
  }

  @Override
  public void arrived(PathDriver path, Octets sealed) {
    ByteBuffer datagram = ByteBuffer.wrap(sealed.toByteArray());
    DatagramSecurity security = path.security();
    if (!closed && security.isSealing() && security.open(datagram)) {
      path.route.used();
      app.deliver(datagram, path.route.virtual);
    }
  }

  @Override
  public void over(PathDriver path, PathOutput.Reason reason, String text, boolean wasUp) {
    paths.remove(path);
    chronicle.over(path);
    if (closed) {
      return;
    }
    aftermath.add(() -> tables.forget(path)); // until then stragglers are known for what they are
    Route route = path.route;
    PathDriver successor = route.current == path ? anotherUp(route) : null;
    if (successor != null) {
      route.current = null;
      lead(
          successor,
          requireNonNull(successor.way()),
          requireNonNull(successor.pair()),
          path.kind());
    } else if (route.current == path) {
      route.current = null;
      route.close();
      chronicle.down(route, reason, text);
      listener.left(route);
    } else if (!wasUp && route.current == null) {
      listener.failed(route, text);
    }
    listener.changed();
  }

  private @Nullable PathDriver anotherUp(Route route) {
    return paths.keySet().stream()
        .filter(path -> path.route == route && path.isUp())
        .findAny()
        .orElse(null);
  }

  @Override
  public void redirect(PathDriver path, Way way) {
    if (path.route.current == path) {
      path.route.open(way, datagram -> way.send(datagram, app));
    }
  }

  @Override
  public void ails(PathDriver path, Pair pair, UdpPath.Health health) {
    if (closed) {
      return;
    }
    if (pair.isRelayed()) {
      relay.check();
    }
    if (path.isRelayed()) {
      with.sessions().doubt();
    }
    if (health == UdpPath.Health.FAILING) {
      offerAnew(path);
    }
  }

  @Override
  public void used(PathDriver path) {
    if (!closed && path.route.renewal.take(with.loop().now())) {
      offerAnew(path);
    }
  }

  /** This side has another relayed address, which the other peers have to be told. */
  void relayChanged() {
    for (PathDriver path : List.copyOf(paths.keySet())) {
      path.relayChanged();
      if (path.usesOwnRelay()) {
        offerAnew(path);
      }
    }
  }

  /** Only who has offered can offer again: the other side may not serve anything there. */
  private void offerAnew(PathDriver path) {
    if (path.route.current == path && paths.get(path) != null) {
      listener.ailing(path.route);
    }
  }

  /**
   * The route goes by this path, this way, from now on.
   *
   * @param replaced the kind of what was in use until now; {@code null} for nothing
   */
  private void lead(PathDriver path, Way way, Pair pair, Candidate.@Nullable Kind replaced) {
    Route route = path.route;
    Candidate.Kind kind = requireNonNull(path.kind());
    PathDriver before = route.current;
    listener.up(route);
    route.current = path;
    route.backOff = Route.MIN_BACK_OFF;
    route.open(way, datagram -> way.send(datagram, app));
    if (before != null && before != path && paths.get(before) != null && paths.get(path) != null) {
      leave(before); // we have offered both: this one in place of that one
    }
    chronicle.leads(path, pair, kind, replaced);
    route.renewal.leads(kind == Candidate.Kind.RELAYED, with.loop().now());
  }

  /** Tells the other side of an offer of ours that it is given up. */
  private void leave(PathDriver path) {
    PeerRef answerer = paths.get(path);
    if (answerer != null) {
      with.sessions().withdraw(path.id, answerer);
    }
    path.abandon();
  }

  /** An IPv4 socket cannot send to IPv6 addresses. */
  private PathSession reachable(PathSession path) {
    return path.toward(each -> app.isIpv6() || !each.address().isIpv6());
  }
}
