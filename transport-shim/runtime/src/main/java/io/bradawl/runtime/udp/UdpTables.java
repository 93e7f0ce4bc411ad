package io.bradawl.runtime.udp;

import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.signal.SessionId;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the application's threads read of one socket, and the driver loop writes. */
final class UdpTables {

  /** By virtual address. */
  final AddressTable<Route> routes = new AddressTable<>();

  /** By real address. */
  final Sources sources = new Sources();

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

  void clear() {
    routes.clear();
    sources.clear();
    sessions.values().forEach(PathDriver::forgetKeys);
    sessions.clear();
    offers.clear();
  }
}
