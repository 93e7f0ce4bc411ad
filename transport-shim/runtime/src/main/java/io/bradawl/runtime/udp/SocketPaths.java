package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.runtime.path.LocalCandidates;
import io.bradawl.runtime.path.PathLog;
import io.bradawl.runtime.session.AgreedSession;
import io.bradawl.runtime.session.PathEnd;
import io.bradawl.runtime.session.Sessions.IncomingOffer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When one UDP socket of the application needs paths: makes and answers offers, backs off after
 * failures, and has the socket pumped and its mapping kept as long as needed. On the driver loop
 * only.
 */
final class SocketPaths implements LivePaths.Listener, Offers.Listener {

  private final AppDatagramSocket app;
  private final UdpTables tables;
  private final Surroundings with;
  private final Mapping mapping;
  private final SocketRelay relay;
  private final PathLog log = new PathLog(Transport.UDP);
  private final Aftermath aftermath;
  private final LivePaths live;
  private final Offers offers;

  /** Offers of other peers that wait for the mapping to be known. */
  private final Map<SessionId, IncomingOffer> unanswered = new HashMap<>();

  private boolean served;
  private boolean closed;

  /** Makes the paths of a socket when they are first needed, which is once the runtime is up. */
  static final class Holder {

    private final AppDatagramSocket app;
    private final UdpTables tables;
    private final Arrivals arrivals;
    private volatile @Nullable SocketPaths open;

    Holder(AppDatagramSocket app, UdpTables tables, Arrivals arrivals) {
      this.arrivals = arrivals;
      this.app = app;
      this.tables = tables;
    }

    @Nullable SocketPaths now() {
      return open;
    }

    SocketPaths open(Surroundings with) {
      SocketPaths paths = open;
      if (paths == null) {
        paths = new SocketPaths(app, tables, with, arrivals);
        open = paths;
      }
      return paths;
    }
  }

  private SocketPaths(
      AppDatagramSocket app, UdpTables tables, Surroundings with, Arrivals arrivals) {
    this.app = app;
    this.tables = tables;
    this.with = with;
    this.aftermath = new Aftermath(with.loop());
    this.relay = new SocketRelay(app, tables, with, arrivals, this::relayChanged);
    this.live = new LivePaths(app, relay, tables, with, aftermath, this);
    this.offers = new Offers(tables, with, aftermath, this);
    this.mapping = new Mapping(app, with, this::changed);
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
      changed();
    }
    return !closed;
  }

  /**
   * The application wants to send there.
   *
   * @param askedAt when it first did
   */
  void want(Route route, long askedAt) {
    if (closed || route.way() != null) {
      return;
    }
    if (with.loop().now() < route.retryAt) {
      route.giveUp();
      app.unreachable(route.virtual);
      return;
    }
    if (live.isBeingMade(route)) {
      live.takeAlong(route); // the other peer has asked already; what waits will go that way
      return;
    }
    prepareOffer(route, askedAt);
  }

  private void prepareOffer(Route route, long askedAt) {
    offers.prepare(route);
    with.sessions()
        .whenSettled(
            PathSession.PATIENCE,
            problem -> {
              if (problem == null) {
                gather(route, askedAt);
              } else if (!closed && offers.concern(route)) {
                offers.drop(route);
                failed(route, problem);
              }
            });
    changed();
  }

  private void gather(Route route, long askedAt) {
    Gathering.begin(
        with, mapping, relay, (mapped, relayed) -> offer(route, askedAt, mapped, relayed));
  }

  private void relayChanged() {
    live.relayChanged();
  }

  /** The path that there is stays until the new one is up: it may get well. */
  @Override
  public void ailing(Route route) {
    long now = with.loop().now();
    if (closed || offers.concern(route) || live.isBeingMade(route) || now < route.retryAt) {
      return;
    }
    route.retryAt = now + route.backOff;
    route.backOff = Math.min(Route.MAX_BACK_OFF, route.backOff * 2);
    mapping.doubt();
    prepareOffer(route, now);
  }

  void offered(IncomingOffer offer) {
    long askedAt = with.loop().now();
    unanswered.put(offer.session(), offer);
    if (isRelayed(offer) && !mapping.isSilent()) {
      mapping.learn(mapped -> answer(offer, askedAt, mapped));
    } else {
      gather(offer, askedAt);
    }
  }

  /**
   * One relay is enough: this socket sends to the other peer's relayed address as to any other,
   * unless it cannot send to anybody.
   */
  private void answer(IncomingOffer offer, long askedAt, @Nullable TransportAddress mapped) {
    if (mapped == null) {
      gather(offer, askedAt);
    } else {
      answer(offer, askedAt, mapped, List.of());
    }
  }

  private void gather(IncomingOffer offer, long askedAt) {
    Gathering.begin(
        with, mapping, relay, (mapped, relayed) -> answer(offer, askedAt, mapped, relayed));
    changed();
  }

  private static boolean isRelayed(IncomingOffer offer) {
    return LocalCandidates.canReachRelayOf(offer.theirs().candidates());
  }

  void withdrawn(SessionId session) {
    unanswered.remove(session);
    PathDriver path = tables.sessions.get(session);
    if (path != null) {
      path.abandon();
    }
  }

  void close() {
    closed = true;
    List.copyOf(unanswered.values()).forEach(this::refuse);
    offers.close();
    live.close();
    relay.close();
    mapping.close();
    aftermath.close();
    tables.clear();
    changed();
  }

  private void offer(
      Route route,
      long askedAt,
      @Nullable TransportAddress mapped,
      List<TransportAddress> relayed) {
    if (closed || !offers.concern(route)) {
      return;
    }
    PathEnd mine = end(mapped, relayed, route.virtual.getPort());
    if (mine == null) {
      offers.drop(route);
      failed(route, "this socket has no address that a peer could reach");
    } else {
      offers.make(route, mine, askedAt);
    }
  }

  private void answer(
      IncomingOffer offer,
      long askedAt,
      @Nullable TransportAddress mapped,
      List<TransportAddress> relayed) {
    if (!unanswered.containsKey(offer.session())) {
      return;
    }
    InetSocketAddress local = app.local();
    PathEnd mine = closed || local == null ? null : end(mapped, relayed, local.getPort());
    if (mine == null) {
      refuse(offer);
      return;
    }
    unanswered.remove(offer.session());
    AgreedSession agreed = offer.answer(mine);
    InetAddress virtual = with.addresses().addressOf(offer.peer());
    Route route = tables.routeTo(new InetSocketAddress(virtual, agreed.port()), offer.peer());
    live.start(route, agreed, askedAt, null);
  }

  private void refuse(IncomingOffer offer) {
    unanswered.remove(offer.session());
    offer.refuse(Reason.NOT_LISTENING, "the socket has just been closed");
  }

  /** Null if the socket is not bound to anything reachable. */
  private @Nullable PathEnd end(
      @Nullable TransportAddress mapped, List<TransportAddress> relayed, int service) {
    InetSocketAddress local = app.local();
    if (local == null) {
      return null;
    }
    List<Candidate> candidates =
        LocalCandidates.of(local.getAddress(), local.getPort(), app.isIpv6(), mapped, relayed);
    return candidates.isEmpty()
        ? null
        : new PathEnd(local.getPort(), with.security().apply(service), candidates);
  }

  @Override
  public void agreed(Route route, AgreedSession agreed, long askedAt) {
    live.start(route, agreed, askedAt, agreed.with().id());
  }

  @Override
  public void up(Route route) {
    offers.drop(route);
  }

  @Override
  public void left(Route route) {
    aftermath.add(() -> forgetIfUnused(route));
  }

  /** Unless another attempt at the same route is still under way. */
  @Override
  public void failed(Route route, String text) {
    if (offers.concern(route) || live.isBeingMade(route) || route.way() != null) {
      return;
    }
    route.retryAt = with.loop().now() + route.backOff;
    route.backOff = Math.min(Route.MAX_BACK_OFF, route.backOff * 2);
    String lost = text + "; datagrams dropped: " + route.giveUp();
    log.failed(route.peer, route.virtual.getPort(), lost);
    app.unreachable(route.virtual);
    aftermath.add(() -> forgetIfUnused(route));
    changed();
  }

  /** A route that has failed is remembered until it may be tried again. */
  private void forgetIfUnused(Route route) {
    if (!live.leadTo(route) && route.isUnused()) {
      tables.routes.removeAll(route);
    }
  }

  /** Adapts keepalive and pump to what is going on. */
  @Override
  public void changed() {
    boolean idle = offers.isEmpty() && live.isEmpty();
    boolean negotiating =
        mapping.isAsking() || relay.isAsking() || !offers.isEmpty() || live.areAnyBeingMade();
    Pump.Need need = negotiating ? Pump.Need.NEGOTIATION : idle ? Pump.Need.NONE : Pump.Need.PATHS;
    with.pump().need(app, closed ? Pump.Need.NONE : need);
    mapping.keep(!closed && (served || !idle));
    relay.keep(!idle);
  }
}
