package io.bradawl.runtime.udp;

import io.bradawl.protocol.path.udp.Pair;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.signal.SessionId;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the application's threads read of one socket, and the driver loop writes. */
final class UdpTables {

  /** By virtual address. */
  final AddressTable<Route> routes = new AddressTable<>();

  /** By real address. */
  final Sources sources = new Sources();

  /** By real address, of what comes through a relay of ours. */
  final Sources relayed = new Sources();

  /** The TURN servers that this socket speaks to; usually one, if any. */
  private volatile RelayDoor[] doors = new RelayDoor[0];

  /**
   * Whatever claims one of these sessions and proves it is control; those that are over included,
   * for a while.
   */
  final ConcurrentHashMap<SessionId, PathDriver> sessions = new ConcurrentHashMap<>();

  /**
   * Offers whose answer has not arrived. The other peer's first checks may overtake it; they cannot
   * be verified yet, but nobody else knows these 128 bits. They come again.
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

  /** What comes from that address is a TURN server's; {@code null} if it is none's. */
  @Nullable RelayDoor doorAt(long ipHigh, long ipLow, int port) {
    for (RelayDoor door : doors) {
      if (door.isAt(ipHigh, ipLow, port)) {
        return door;
      }
    }
    return null;
  }

  synchronized void open(RelayDoor door) {
    RelayDoor[] more = Arrays.copyOf(doors, doors.length + 1);
    more[doors.length] = door;
    doors = more;
  }

  synchronized void shut(RelayDoor door) {
    doors = Stream.of(doors).filter(each -> each != door).toArray(RelayDoor[]::new);
  }

  RelayDoor[] doors() {
    return doors;
  }

  /** The paths that have proved to come that way. */
  Sources sources(Pair.Base base) {
    return base == Pair.Base.RELAY ? relayed : sources;
  }

  void clear() {
    doors = new RelayDoor[0];
    relayed.clear();
    routes.clear();
    sources.clear();
    sessions.values().forEach(PathDriver::forgetKeys);
    sessions.clear();
    offers.clear();
  }
}
