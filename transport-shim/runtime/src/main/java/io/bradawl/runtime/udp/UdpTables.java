package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.path.udp.Pair;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.signal.SessionId;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What the application's threads read of one socket, and the driver loop writes. */
final class UdpTables {

  /** By virtual address. */
  final AddressTable<Route> routes = new AddressTable<>();

  /** By real address. */
  final Sources sources = new Sources();

  /** By real address, of what comes through a relay of ours. */
  final Sources relayed = new Sources();

  /** How many doors that are shut are still known. */
  private static final int SHUT = 4;

  /**
   * The TURN servers that this socket speaks to, usually one, if any; then some to which it has
   * spoken: their late answers are not the application's either.
   */
  private volatile RelayDoor[] doors = new RelayDoor[0];

  private final Deque<RelayDoor> shut = new ArrayDeque<>();

  /**
   * Whatever claims one of these sessions and proves it is control; those that are over included,
   * for a while.
   */
  final ConcurrentHashMap<SessionId, PathDriver> sessions = new ConcurrentHashMap<>();

  /**
   * Offers whose answer has not arrived, or has come too late, a while ago at most. The other
   * peer's checks may overtake it, or follow it; they cannot be verified, but nobody else knows
   * these 128 bits. They come again.
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

  synchronized void open(RelayDoor door) {
    doors = Stream.concat(Stream.of(door), Stream.of(doors)).toArray(RelayDoor[]::new);
  }

  synchronized void shut(RelayDoor door) {
    shut.remove(door);
    shut.addLast(door);
    RelayDoor forgotten = shut.size() > SHUT ? shut.removeFirst() : null;
    doors =
        Stream.concat(Stream.of(doors).filter(each -> each != door), Stream.of(door))
            .filter(each -> each != forgotten)
            .toArray(RelayDoor[]::new);
  }

  /** The open ones first. */
  RelayDoor[] doors() {
    return doors;
  }

  /** The paths that have proved to come that way. */
  Sources sources(Pair.Base base) {
    return base == Pair.Base.RELAY ? relayed : sources;
  }

  /**
   * A path begins.
   *
   * @param told where the peer says to be; it may be there already while it still uses an earlier
   *     path of the same route
   */
  void enter(PathDriver path, List<Candidate> told) {
    sessions.put(path.id, path);
    for (PathDriver each : sessions.values()) {
      if (each.route == path.route) {
        for (Candidate candidate : told) {
          sources.expect(candidate.address().ip(), each);
          relayed.expect(candidate.address().ip(), each);
        }
      }
    }
  }

  /** Nothing that still comes of the path is known any more. */
  void forget(PathDriver path) {
    for (Pair.Base base : Pair.Base.values()) {
      sources(base).remove(path, path.proven(base));
    }
    sessions.remove(path.id, path);
    path.forgetKeys();
  }

  void clear() {
    clearDoors();
    relayed.clear();
    routes.clear();
    sources.clear();
    sessions.values().forEach(PathDriver::forgetKeys);
    sessions.clear();
    offers.clear();
  }

  private synchronized void clearDoors() {
    shut.clear();
    doors = new RelayDoor[0];
  }
}
