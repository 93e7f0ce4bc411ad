package io.bradawl.rendezvous.turn;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All relay sockets of this server by the address that peers are told. Data from one to another
 * never reach the network: that way two clients that can do nothing but relay meet, and no other
 * port of this machine can be reached through the relay.
 */
final class RelayDirectory {

  private final Set<InetAddress> relayed = new HashSet<>();
  private final Map<InetSocketAddress, UdpRelay> relays = new ConcurrentHashMap<>();

  RelayDirectory(List<RelayAddress> addresses) {
    addresses.forEach(address -> relayed.add(address.told()));
  }

  /** Addresses that only relays are reached by. */
  Set<InetAddress> relayed() {
    return relayed;
  }

  boolean isRelayed(InetAddress address) {
    return relayed.contains(address);
  }

  @Nullable UdpRelay at(InetSocketAddress told) {
    return relays.get(told);
  }

  void add(InetSocketAddress told, UdpRelay relay) {
    relays.put(told, relay);
  }

  void remove(InetSocketAddress told, UdpRelay relay) {
    relays.remove(told, relay);
  }
}
