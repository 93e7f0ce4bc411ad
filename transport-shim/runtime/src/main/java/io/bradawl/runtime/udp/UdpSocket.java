package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.Proof;
import io.bradawl.protocol.path.ProvenMessage;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.runtime.address.VirtualAddresses;
import io.bradawl.runtime.path.StartGate;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The data path of one UDP socket of the application. Its methods are called on the application's
 * threads and never wait: for each datagram there is one look-up, and all else is left to {@link
 * SocketPaths} on the driver loop.
 */
public final class UdpSocket {

  private final VirtualAddresses addresses;
  private final StartGate<Surroundings> gate;
  private final Tables tables = new Tables();
  private final SocketPaths.Holder paths;

  /** What the application's threads read and the driver loop writes. */
  static final class Tables {

    /** By virtual address. */
    final AddressTable<Route> routes = new AddressTable<>();

    /** By the real address from which a peer has proved to send. */
    final AddressTable<PathDriver> sources = new AddressTable<>();

    /**
     * Whatever claims one of these sessions and proves it is control; those that are over included,
     * for a while.
     */
    final ConcurrentHashMap<SessionId, PathDriver> sessions = new ConcurrentHashMap<>();

    /**
     * Offers whose answer has not arrived. The other peer's first checks may overtake it; they
     * cannot be verified yet, but nobody else knows these 128 bits. They come again.
     */
    final Set<SessionId> offers = ConcurrentHashMap.newKeySet();

    synchronized Route routeTo(InetSocketAddress virtual, PeerRef peer) {
      long ip = IpBits.low(virtual.getAddress());
      Route known = routes.get(0, ip, virtual.getPort());
      if (known != null) {
        return known;
      }
      Route route = new Route(virtual, peer);
      routes.put(0, ip, virtual.getPort(), route);
      return route;
    }

    void clear() {
      routes.clear();
      sources.clear();
      sessions.clear();
      offers.clear();
    }
  }

  UdpSocket(AppDatagramSocket app, VirtualAddresses addresses, StartGate<Surroundings> gate) {
    this.addresses = addresses;
    this.gate = gate;
    this.paths = new SocketPaths.Holder(app, tables);
  }

  SocketPaths.Holder paths() {
    return paths;
  }

  /**
   * Where a datagram to a virtual address goes.
   *
   * @return a real address; {@code null} if the datagram was copied and waits, or was dropped;
   *     {@code target} itself if the address is no peer's
   */
  public @Nullable InetSocketAddress route(InetSocketAddress target, ByteBuffer datagram) {
    Route route = known(target);
    InetSocketAddress real = route == null ? null : route.real();
    if (route != null && real != null) {
      route.used();
      return real;
    }
    return hold(target, datagram);
  }

  /** The virtual address of the peer that sends from there, or {@code null} if none does. */
  public @Nullable InetSocketAddress source(long ipHigh, long ipLow, int port) {
    PathDriver path = tables.sources.get(ipHigh, ipLow, port);
    if (path == null) {
      return null;
    }
    path.route.used();
    return path.route.virtual;
  }

  /**
   * Whether a datagram of STUN's form is the agent's own: it proves to belong to a session, or
   * answers a request that the agent has sent. Everything else is the application's.
   */
  public boolean control(ByteBuffer datagram, long ipHigh, long ipLow, int port) {
    SessionId claimed = Proof.sessionOf(datagram);
    return claimed == null
        ? isMappingResponse(datagram, IpBits.address(ipHigh, ipLow, port))
        : tables.offers.contains(claimed) || isProven(claimed, datagram, ipHigh, ipLow, port);
  }

  /** The application has connected the socket to a peer, so a path will be wanted soon. */
  public void connected(InetSocketAddress target) {
    Route route = routeTo(target);
    if (route != null && route.want()) {
      askForPath(route);
    }
  }

  private boolean isProven(
      SessionId claimed, ByteBuffer datagram, long ipHigh, long ipLow, int port) {
    PathDriver path = tables.sessions.get(claimed);
    ProvenMessage message = path == null ? null : path.proof().verify(datagram);
    if (path == null || message == null) {
      return false;
    }
    TransportAddress from = IpBits.address(ipHigh, ipLow, port);
    gate.execute(with -> path.control(from, message));
    return true;
  }

  private boolean isMappingResponse(ByteBuffer datagram, TransportAddress from) {
    SocketPaths open = paths.now();
    StunMessage response = open == null ? null : open.mapping().response(datagram, from);
    if (open == null || response == null) {
      return false;
    }
    gate.execute(with -> open.mapping().answered(response));
    return true;
  }

  private @Nullable InetSocketAddress hold(InetSocketAddress target, ByteBuffer datagram) {
    Route route = routeTo(target);
    if (route == null) {
      return target;
    }
    switch (route.hold(datagram)) {
      case PATH_IS_UP:
        return route.real();
      case ASK_FOR_PATH:
        askForPath(route);
        return null;
      default:
        return null;
    }
  }

  private void askForPath(Route route) {
    long askedAt = System.nanoTime();
    gate.execute(
        with -> {
          long since = with.loop().now() - (System.nanoTime() - askedAt);
          paths.open(with).want(route, since);
        });
  }

  private @Nullable Route known(InetSocketAddress target) {
    // An IPv4 address's hash code is the address, and unlike getAddress() makes no object.
    return tables.routes.get(0, IpBits.mapped(target.getAddress().hashCode()), target.getPort());
  }

  private @Nullable Route routeTo(InetSocketAddress target) {
    Route route = known(target);
    if (route != null) {
      return route;
    }
    PeerRef peer = addresses.peerAt(target.getAddress());
    return peer == null ? null : tables.routeTo(target, peer);
  }
}
