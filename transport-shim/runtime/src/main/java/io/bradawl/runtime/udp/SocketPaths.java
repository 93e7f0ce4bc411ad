package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.udp.PathOutput;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.signal.Security;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.runtime.path.LocalCandidates;
import io.bradawl.runtime.path.PathLog;
import io.bradawl.runtime.session.AgreedSession;
import io.bradawl.runtime.session.PathEnd;
import io.bradawl.runtime.session.Sessions.IncomingOffer;
import io.bradawl.runtime.session.Sessions.OfferOutcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The paths of one UDP socket of the application: offers and answers them, drives them, and tells
 * the tables of {@link UdpSocket} what has come of it. On the driver loop only.
 *
 * <p>Two sessions may lead to the same route, when both peers offer at the same moment or one of
 * them has started anew. The one that came up last is used; the other ends by itself, for lack of
 * use or of consent.
 */
final class SocketPaths implements PathDriver.Performer {

  private final AppDatagramSocket app;
  private final UdpSocket.Tables tables;
  private final Surroundings with;
  private final Mapping mapping;
  private final PathLog log = new PathLog(Transport.UDP);
  private final Aftermath aftermath;
  private final Map<Route, @Nullable Attempt> attempts = new HashMap<>();
  private final Map<PathDriver, @Nullable PeerRef> live = new HashMap<>();
  private boolean served;
  private boolean closed;

  /** Makes the paths of a socket when they are first needed, which is once the runtime is up. */
  static final class Holder {

    private final AppDatagramSocket app;
    private final UdpSocket.Tables tables;
    private volatile @Nullable SocketPaths open;

    Holder(AppDatagramSocket app, UdpSocket.Tables tables) {
      this.app = app;
      this.tables = tables;
    }

    @Nullable SocketPaths now() {
      return open;
    }

    SocketPaths open(Surroundings with) {
      SocketPaths paths = open;
      if (paths == null) {
        paths = new SocketPaths(app, tables, with);
        open = paths;
      }
      return paths;
    }
  }

  private SocketPaths(AppDatagramSocket app, UdpSocket.Tables tables, Surroundings with) {
    this.app = app;
    this.tables = tables;
    this.with = with;
    this.aftermath = new Aftermath(with.loop());
    this.mapping = new Mapping(app, with, this::review);
  }

  Mapping mapping() {
    return mapping;
  }

  /**
   * The application serves on this socket: its mapping is learned now and kept. False if it is
   * closed already.
   */
  boolean serve() {
    if (!closed) {
      served = true;
      mapping.learn(mapped -> {});
      review();
    }
    return !closed;
  }

  /**
   * The application wants to send there.
   *
   * @param askedAt when it first did
   */
  void want(Route route, long askedAt) {
    if (closed || route.real() != null) {
      return;
    }
    if (with.loop().now() < route.retryAt) {
      route.giveUp();
      app.unreachable(route.virtual);
      return;
    }
    if (isBeingMade(route)) {
      return; // the other peer has asked already; what waits will go that way
    }
    attempts.put(route, null);
    mapping.learn(mapped -> offer(route, askedAt, mapped));
    review();
  }

  void offered(IncomingOffer offer) {
    long askedAt = with.loop().now();
    mapping.learn(mapped -> answer(offer, askedAt, mapped));
  }

  void withdrawn(SessionId session) {
    PathDriver path = tables.sessions.get(session);
    if (path != null) {
      path.abandon();
    }
  }

  void close() {
    closed = true;
    attempts.forEach((route, attempt) -> withdraw(attempt));
    attempts.clear();
    live.forEach(this::leave);
    live.clear();
    mapping.close();
    aftermath.close();
    tables.clear();
    review();
  }

  private void offer(Route route, long askedAt, @Nullable TransportAddress mapped) {
    if (closed || !attempts.containsKey(route)) {
      return;
    }
    PathEnd mine = end(mapped);
    if (mine == null) {
      attempts.remove(route);
      fail(route, "this socket has no address that a peer could reach");
      return;
    }
    Attempt attempt = new Attempt(route, askedAt);
    attempts.put(route, attempt);
    Service service = new Service(Transport.UDP, route.virtual.getPort());
    SessionId id = with.sessions().offer(route.peer, service, mine, PathSession.PATIENCE, attempt);
    attempt.session = id;
    tables.offers.add(id);
  }

  private void answer(IncomingOffer offer, long askedAt, @Nullable TransportAddress mapped) {
    PathEnd mine = closed ? null : end(mapped);
    if (mine == null) {
      offer.refuse(Reason.NOT_LISTENING, "the socket has just been closed");
      return;
    }
    AgreedSession agreed = offer.answer(mine);
    InetAddress virtual = with.addresses().addressOf(offer.peer());
    Route route = tables.routeTo(new InetSocketAddress(virtual, agreed.port()), offer.peer());
    drive(route, reachable(agreed.path()), askedAt, null);
  }

  /** An IPv4 socket cannot send to IPv6 addresses. */
  private PathSession reachable(PathSession path) {
    return path.toward(each -> app.isIpv6() || !each.address().isIpv6());
  }

  private void drive(Route route, PathSession session, long askedAt, @Nullable PeerRef answerer) {
    PathDriver path = new PathDriver(route, session, askedAt, with.random(), with.loop(), this);
    tables.sessions.put(session.id(), path);
    live.put(path, answerer);
    path.start();
    review();
  }

  /** Null if the socket is not bound to anything reachable. */
  private @Nullable PathEnd end(@Nullable TransportAddress mapped) {
    InetSocketAddress local = app.local();
    if (local == null) {
      return null;
    }
    List<Candidate> candidates =
        LocalCandidates.of(local.getAddress(), local.getPort(), app.isIpv6(), mapped);
    return candidates.isEmpty()
        ? null
        : new PathEnd(local.getPort(), Security.AUTHENTICATED, candidates);
  }

  @Override
  public void send(PathOutput.Send what) {
    app.send(what.message().asByteBuffer(), socketAddress(what.to()));
  }

  @Override
  public void proven(PathDriver path, TransportAddress remote) {
    if (!closed) {
      tables.sources.put(IpBits.high(remote.ip()), IpBits.low(remote.ip()), remote.port(), path);
    }
  }

  @Override
  public void use(PathDriver path, TransportAddress remote, Candidate.Kind kind, boolean first) {
    Route route = path.route;
    InetSocketAddress real = socketAddress(remote);
    attempts.remove(route);
    route.current = path;
    route.backOff = Route.MIN_BACK_OFF;
    if (first) {
      logUp(path, kind, real);
    }
    route.open(real, datagram -> app.send(datagram, real));
    review();
  }

  @Override
  public void over(PathDriver path, PathOutput.Reason reason, String text, boolean wasUp) {
    live.remove(path);
    if (closed) {
      return;
    }
    tables.sources.removeAll(path);
    aftermath.add(() -> tables.sessions.remove(path.id, path));
    Route route = path.route;
    if (route.current == path) {
      route.current = null;
      route.close();
      String word = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
      log.down(route.peer, word, text);
      aftermath.add(() -> forgetIfUnused(route));
    } else if (!wasUp && route.current == null) {
      fail(route, text);
    }
    review();
  }

  /** Unless another attempt at the same route is still under way. */
  private void fail(Route route, String text) {
    if (attempts.containsKey(route) || isBeingMade(route)) {
      return;
    }
    route.retryAt = with.loop().now() + route.backOff;
    route.backOff = Math.min(Route.MAX_BACK_OFF, route.backOff * 2);
    String lost = text + "; datagrams dropped: " + route.giveUp();
    log.failed(route.peer, route.virtual.getPort(), lost);
    app.unreachable(route.virtual);
    aftermath.add(() -> forgetIfUnused(route));
    review();
  }

  /** A route that has failed is remembered until it may be tried again. */
  private void forgetIfUnused(Route route) {
    boolean needed = live.keySet().stream().anyMatch(path -> path.route == route);
    if (!needed && route.isUnused()) {
      tables.routes.removeAll(route);
    }
  }

  private boolean isBeingMade(Route route) {
    return live.keySet().stream().anyMatch(path -> path.route == route && !path.isUp());
  }

  /** Tells the other side of an offer of ours that it is given up. */
  private void leave(PathDriver path, @Nullable PeerRef answerer) {
    if (answerer != null) {
      with.sessions().withdraw(path.id, answerer);
    }
    with.loop()
        .execute(
            path::abandon); // not here, because its last words change the map being walked through
  }

  private void withdraw(@Nullable Attempt attempt) {
    if (attempt != null && attempt.session != null) {
      with.sessions().withdraw(attempt.session, attempt.route.peer);
    }
  }

  /** Adapts keepalive and pump to what is going on. */
  private void review() {
    boolean negotiating =
        mapping.isAsking()
            || !attempts.isEmpty()
            || live.keySet().stream().anyMatch(p -> !p.isUp());
    Pump.Need need =
        negotiating ? Pump.Need.NEGOTIATION : live.isEmpty() ? Pump.Need.NONE : Pump.Need.PATHS;
    with.pump().need(app, closed ? Pump.Need.NONE : need);
    mapping.keep(!closed && (served || !attempts.isEmpty() || !live.isEmpty()));
  }

  private void logUp(PathDriver path, Candidate.Kind kind, InetSocketAddress real) {
    InetSocketAddress bound = app.local();
    if (bound != null) {
      TransportAddress remote = new TransportAddress(real.getAddress(), real.getPort());
      long setup = with.loop().now() - path.askedAt;
      log.up(path.route.peer, kind, SourceAddress.toward(real, bound), remote, setup);
    }
  }

  private static InetSocketAddress socketAddress(TransportAddress address) {
    return new InetSocketAddress(address.ip(), address.port());
  }

  /** An offer of ours on its way. */
  private final class Attempt implements OfferOutcome {

    final Route route;
    final long askedAt;
    @Nullable SessionId session;

    Attempt(Route route, long askedAt) {
      this.route = route;
      this.askedAt = askedAt;
    }

    @Override
    public void answered(AgreedSession agreed) {
      if (attempts.remove(route, this)) {
        drive(route, reachable(agreed.path()), askedAt, agreed.with().id());
      } else {
        with.sessions().withdraw(agreed.path().id(), agreed.with().id()); // it came too late
      }
      tables.offers.remove(agreed.path().id());
    }

    @Override
    public void failed(Reason reason, String text) {
      if (session != null) {
        tables.offers.remove(session);
      }
      if (attempts.remove(route, this)) {
        fail(route, text);
      }
    }
  }
}
