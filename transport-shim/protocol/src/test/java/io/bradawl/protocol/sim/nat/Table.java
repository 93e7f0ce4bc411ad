package io.bradawl.protocol.sim.nat;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.nat.NatBehaviour.Allocation;
import io.bradawl.protocol.sim.nat.NatBehaviour.Early;
import io.bradawl.protocol.sim.nat.NatBehaviour.Lifetimes;
import io.bradawl.protocol.sim.nat.NatBehaviour.Scope;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The state of a NAT for one transport. */
final class Table {

  private final Transport transport;
  private final NatBehaviour behaviour;
  private final InetAddress external;
  private final Ports ports;
  private final Map<Key, Binding> bindings = new HashMap<>();
  private final Map<TransportAddress, Binding> byOutside = new HashMap<>();
  private final Map<Key, Long> early = new HashMap<>();

  Table(Transport transport, NatBehaviour behaviour, InetAddress external, Random random) {
    this.transport = transport;
    this.behaviour = behaviour;
    this.external = external;
    this.ports = new Ports(behaviour.mapping().allocation(), random);
  }

  /** Notes that the packet leaves, and says from which external address. */
  TransportAddress leave(Header header, long now) {
    Binding binding = binding(header.source(), header.destination(), now);
    binding.opened(filterScope(header.destination()), header.opens());
    binding.keepUntil(now + lifetime(binding));
    return binding.outside();
  }

  /** To whom a packet that arrives belongs, or {@code null} if it may not come in. */
  @Nullable TransportAddress enter(Header header, long now) {
    Binding binding = live(byOutside.get(header.destination()), now);
    Binding.Flow flow = binding == null ? null : binding.flow(filterScope(header.source()));
    if (binding == null || flow == null || !admits(flow, header)) {
      early.put(new Key(header.destination(), header.source()), now + lifetime(null));
      return null;
    }
    binding.answered(flow, header);
    if (behaviour.lifetimes().inboundRefreshes() || binding.isEstablished()) {
      binding.keepUntil(now + lifetime(binding));
    }
    return binding.inside();
  }

  private boolean admits(Binding.Flow flow, Header header) {
    if (!header.opens() || behaviour.filtering().scope() != Scope.ADDRESS_AND_PORT_DEPENDENT) {
      return true;
    }
    return !flow.isReset() && (behaviour.filtering().simultaneousOpen() || flow.isAnswered());
  }

  private Binding binding(TransportAddress source, TransportAddress destination, long now) {
    Key key = new Key(source, scoped(behaviour.mapping().scope(), destination));
    Binding usual = bound(key, now);
    boolean met = early.getOrDefault(new Key(usual.outside(), destination), Long.MIN_VALUE) > now;
    return met && movesMappings() ? bound(new Key(source, destination), now) : usual;
  }

  /** A TCP entry that ended in RST gives way to the own flow, so only datagrams do it. */
  private boolean movesMappings() {
    return transport == Transport.UDP && behaviour.filtering().early() == Early.MOVES_MAPPING;
  }

  private Binding bound(Key key, long now) {
    Binding known = live(bindings.get(key), now);
    if (known != null) {
      return known;
    }
    Binding fresh = new Binding(key.address(), outside(key.address()));
    bindings.put(key, fresh);
    byOutside.put(fresh.outside(), fresh);
    return fresh;
  }

  private TransportAddress outside(TransportAddress inside) {
    return behaviour.mapping().allocation() == Allocation.NONE
        ? inside
        : new TransportAddress(external, ports.take(inside.port()));
  }

  private @Nullable Binding live(@Nullable Binding binding, long now) {
    if (binding == null || binding.isLive(now)) {
      return binding;
    }
    byOutside.remove(binding.outside(), binding);
    bindings.values().remove(binding);
    ports.giveBack(binding.outside().port());
    return null;
  }

  private long lifetime(@Nullable Binding binding) {
    Lifetimes lifetimes = behaviour.lifetimes();
    if (transport == Transport.UDP) {
      return lifetimes.udp().toNanos();
    }
    boolean stands = binding != null && binding.isEstablished();
    return (stands ? lifetimes.tcpEstablished() : lifetimes.tcpTransitory()).toNanos();
  }

  private @Nullable TransportAddress filterScope(TransportAddress remote) {
    return scoped(behaviour.filtering().scope(), remote);
  }

  private static @Nullable TransportAddress scoped(Scope scope, TransportAddress remote) {
    return switch (scope) {
      case ENDPOINT_INDEPENDENT -> null;
      case ADDRESS_DEPENDENT -> new TransportAddress(remote.ip(), 0);
      case ADDRESS_AND_PORT_DEPENDENT -> remote;
    };
  }

  private record Key(TransportAddress address, @Nullable TransportAddress scope) {}
}
