package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.udp.Pair;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.seal.DatagramSealer;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.turn.ChannelData;
import io.bradawl.runtime.address.VirtualAddresses;
import io.bradawl.runtime.path.StartGate;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The data path of one UDP socket of the application. Its methods are called on the application's
 * threads and never wait: for each datagram there is one look-up, and all else is left to {@link
 * SocketPaths} on the driver loop.
 */
public final class UdpSocket {

  /** How much longer than the application's a datagram can be on its way. */
  public static final int SEAL_ROOM = DatagramSealer.OVERHEAD + ChannelData.HEADER;

  /** What {@link #source} answers for a datagram that the application must not see. */
  public static final InetSocketAddress REJECTED =
      InetSocketAddress.createUnresolved("rejected", 0);

  private final VirtualAddresses addresses;
  private final AppDatagramSocket app;
  private final StartGate<Surroundings> gate;
  private final UdpTables tables = new UdpTables();
  private final Arrivals arrivals;
  private final SocketPaths.Holder paths;

  UdpSocket(AppDatagramSocket app, VirtualAddresses addresses, StartGate<Surroundings> gate) {
    this.app = app;
    this.addresses = addresses;
    this.gate = gate;
    this.arrivals = new Arrivals(app, tables, gate);
    this.paths = new SocketPaths.Holder(app, tables, arrivals);
  }

  SocketPaths.Holder paths() {
    return paths;
  }

  /**
   * Where a datagram to a virtual address goes.
   *
   * @param datagram stays as it is
   * @param into with room for {@value #SEAL_ROOM} octets more than the datagram has; gets what is
   *     to be sent in its place, if it is to be sealed
   * @return a real address; {@code null} if the datagram was copied and waits, or was dropped;
   *     {@code target} itself if the address is no peer's
   */
  public @Nullable InetSocketAddress route(
      InetSocketAddress target, ByteBuffer datagram, ByteBuffer into) {
    Route route = known(target);
    Way way = route == null ? null : route.way();
    if (route != null && way != null) {
      route.used();
      return way.ready(datagram, into);
    }
    return hold(target, datagram, into);
  }

  /**
   * The virtual address of the peer that sends from there.
   *
   * @param datagram what remains in it then is what the other application sent
   * @return {@code null} if no peer does; {@link #REJECTED} if a peer does, but the datagram is
   *     none of its, or not for the first time
   */
  public @Nullable InetSocketAddress source(
      ByteBuffer datagram, long ipHigh, long ipLow, int port) {
    for (RelayDoor door : tables.doors()) {
      RelayDoor.Peer peer = door.isAt(ipHigh, ipLow, port) ? door.unwrap(datagram) : null;
      if (peer != null) {
        return arrivals.sourceByRelay(datagram, peer.ipHigh(), peer.ipLow(), peer.port());
      }
    }
    return tables.sources.receive(datagram, ipHigh, ipLow, port);
  }

  /**
   * Whether a datagram of STUN's form is the agent's own: it proves to belong to a session, answers
   * a request that the agent has sent, or is one that a stranger sends back. Everything else is the
   * application's.
   */
  public boolean control(ByteBuffer datagram, long ipHigh, long ipLow, int port) {
    return arrivals.isControl(datagram, Pair.Base.SOCKET, ipHigh, ipLow, port)
        || isOfRelay(datagram, ipHigh, ipLow, port)
        || isMappingResponse(datagram, IpBits.address(ipHigh, ipLow, port));
  }

  /** The application has connected the socket to a peer, so a path will be wanted soon. */
  public void connected(InetSocketAddress target) {
    Route route = routeTo(target);
    if (route != null && route.want()) {
      askForPath(route);
    }
  }

  /** The application is about to close the socket, and can still send: peers are told. */
  public void closing() {
    tables.sessions.values().forEach(path -> path.bidFarewell(app));
    for (RelayDoor door : tables.doors()) {
      door.sayFarewell(app);
    }
  }

  /** A TURN server answers, or passes on what a peer without channel has sent. */
  private boolean isOfRelay(ByteBuffer datagram, long ipHigh, long ipLow, int port) {
    for (RelayDoor door : tables.doors()) {
      RelayDoor.Arrival arrival = door.isAt(ipHigh, ipLow, port) ? door.take(datagram) : null;
      if (arrival != null) {
        pass(arrival);
        return true;
      }
    }
    return false;
  }

  private void pass(RelayDoor.Arrival arrival) {
    TransportAddress from = arrival.from();
    if (from != null) {
      arrivals.byRelay(from, arrival.datagram());
    }
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

  private @Nullable InetSocketAddress hold(
      InetSocketAddress target, ByteBuffer datagram, ByteBuffer into) {
    Route route = routeTo(target);
    if (route == null) {
      return target;
    }
    switch (route.hold(datagram)) {
      case PATH_IS_UP:
        return ready(route, datagram, into);
      case ASK_FOR_PATH:
        askForPath(route);
        return null;
      default:
        return null;
    }
  }

  private static @Nullable InetSocketAddress ready(
      Route route, ByteBuffer datagram, ByteBuffer into) {
    Way way = route.way();
    return way == null ? null : way.ready(datagram, into);
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
