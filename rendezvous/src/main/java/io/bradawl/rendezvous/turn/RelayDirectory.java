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
  private final Set<InetAddress> bound = new HashSet<>();
  private final Map<InetSocketAddress, UdpRelay> relays = new ConcurrentHashMap<>();
  private final Map<InetSocketAddress, TcpRelay> tcpTold = new ConcurrentHashMap<>();
  private final Map<InetSocketAddress, TcpRelay> tcpBound = new ConcurrentHashMap<>();

  RelayDirectory(List<RelayAddress> addresses) {
    for (RelayAddress address : addresses) {
      relayed.add(address.told());
      bound.add(address.bound());
    }
  }

  void add(TcpRelay relay) {
    tcpTold.put(relay.told(), relay);
    tcpBound.put(relay.bound(), relay);
  }

  void remove(TcpRelay relay) {
    tcpTold.remove(relay.told(), relay);
    tcpBound.remove(relay.bound(), relay);
  }

  /**
   * Where to connect to reach a peer of a TCP relay; {@code null} if it is an address of the relays
   * and none of them has it, or the one that asks has it itself.
   */
  @Nullable InetSocketAddress target(TcpRelay from, InetSocketAddress peer) {
    if (!relayed.contains(peer.getAddress())) {
      return peer;
    }
    TcpRelay other = tcpTold.get(peer);
    return other == null || other == from ? null : other.bound();
  }

  /**
   * What clients are told of a peer that has connected from {@code source}; {@code null} if that is
   * an address of the relays, and the connection did not come from one of them.
   */
  @Nullable InetSocketAddress asTold(InetSocketAddress source) {
    if (!bound.contains(source.getAddress())) {
      return source;
    }
    TcpRelay relay = tcpBound.get(source);
    return relay == null ? null : relay.told();
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
