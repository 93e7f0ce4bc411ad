package io.bradawl.protocol.sim.nat;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.nat.Binding.Flow;
import io.bradawl.protocol.sim.nat.NatBehaviour.Early;
import io.bradawl.protocol.sim.nat.NatBehaviour.Lifetimes;
import io.bradawl.protocol.sim.nat.NatBehaviour.Scope;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The state of a NAT for one transport. */
final class Table {

  /** From when on Linux takes datagrams in both directions for a stream. */
  private static final long STREAM_AGE = Duration.ofSeconds(2).toNanos();

  /** What all remotes are for those who do not tell them apart; nobody has this address. */
  private static final TransportAddress ANYBODY =
      new TransportAddress(InetAddress.getLoopbackAddress(), 0);

  private final Transport transport;
  private final NatBehaviour behaviour;
  private final InetAddress external;
  private final Ports ports;

  /** A host has several for one key only if something has kept a flow from the first. */
  private final Map<Key, List<Binding>> bindings = new HashMap<>();

  /** Several have the same address only if ports are overloaded. */
  private final Map<TransportAddress, List<Binding>> byOutside = new HashMap<>();

  private final Map<Key, Long> early = new HashMap<>();
  private int size;

  Table(Transport transport, NatBehaviour behaviour, InetAddress external, Random random) {
    this.transport = transport;
    this.behaviour = behaviour;
    this.external = external;
    this.ports = new Ports(behaviour.mapping().allocation(), random);
  }

  /** Forgets all mappings; their ports are not given again. */
  void rebind() {
    bindings.clear();
    byOutside.clear();
    early.clear();
    ports.retire();
    size = 0;
  }

  /** Notes that the packet leaves, and says from which external address. */
  TransportAddress leave(Header header, long now) {
    Binding binding = binding(header.source(), header.destination(), now);
    Flow flow = binding.opened(filterScope(header.destination()), header, now);
    binding.keep(flow, now + lifetime(flow, now));
    return binding.outside();
  }

  /** To whom a packet that arrives belongs, or {@code null} if it may not come in. */
  @Nullable TransportAddress enter(Header header, long now) {
    Binding binding = flowing(byOutside.get(header.destination()), header.source(), now);
    Flow flow = binding == null ? null : binding.flow(filterScope(header.source()), now);
    if (binding == null || flow == null || !admits(flow, header)) {
      noteEarly(header, now);
      return null;
    }
    answered(binding, flow, header, now);
    return binding.inside();
  }

  /** Who has sent {@code outside -> remote}; {@code null} if nobody has. */
  @Nullable TransportAddress sender(TransportAddress outside, TransportAddress remote, long now) {
    Binding binding = flowing(byOutside.get(outside), remote, now);
    return binding == null ? null : binding.inside();
  }

  /** As whom {@code remote} knows {@code inside}; {@code null} if it does not. */
  @Nullable TransportAddress seen(TransportAddress inside, TransportAddress remote, long now) {
    Binding binding = flowing(bindings.get(key(inside, remote)), remote, now);
    return binding == null ? null : binding.outside();
  }

  private void answered(Binding binding, Flow flow, Header header, long now) {
    flow.answered(header);
    if (flow.isReset() && !flow.isAnswered() && knowsConnections()) {
      binding.end(flow);
    } else if (behaviour.lifetimes().inboundRefreshes() || transport == Transport.TCP) {
      binding.keep(flow, now + lifetime(flow, now));
    }
  }

  /** What is open to all ports of an address, or to everybody, is not one connection. */
  private boolean knowsConnections() {
    return behaviour.filtering().scope() == Scope.ADDRESS_AND_PORT_DEPENDENT;
  }

  private boolean admits(Flow flow, Header header) {
    if (!header.opens() || !knowsConnections()) {
      return true;
    }
    return !flow.isReset() && (behaviour.filtering().simultaneousOpen() || flow.isAnswered());
  }

  /**
   * The mapping that has a flow to the remote already, or else the newest one, unless something
   * keeps it from this remote: so Linux does it.
   */
  private Binding binding(TransportAddress source, TransportAddress remote, long now) {
    Key key = key(source, remote);
    Binding flowing = flowing(bindings.get(key), remote, now);
    if (flowing != null) {
      return flowing;
    }
    List<Binding> known = bindings.getOrDefault(key, List.of());
    Binding newest = known.isEmpty() ? null : known.get(known.size() - 1);
    boolean fits = newest != null && isFree(newest.outside(), newest, remote, now);
    return newest != null && fits ? newest : bound(key, remote, now);
  }

  private Key key(TransportAddress source, TransportAddress destination) {
    return new Key(source, scoped(behaviour.mapping().scope(), destination));
  }

  /** A TCP entry that ended in RST gives way to the own flow, so only datagrams do it. */
  private boolean movesMappings() {
    return transport == Transport.UDP && behaviour.filtering().early() == Early.MOVES_MAPPING;
  }

  private void noteEarly(Header header, long now) {
    if (movesMappings()) {
      long until = now + behaviour.lifetimes().udp().toNanos();
      early.put(new Key(header.destination(), header.source()), until);
    }
  }

  private boolean isEarly(TransportAddress outside, TransportAddress remote, long now) {
    Long until = early.get(new Key(outside, remote));
    return until != null && until > now;
  }

  private Binding bound(Key key, TransportAddress remote, long now) {
    if (size >= behaviour.mapping().capacity()) {
      evict();
    }
    Binding fresh = new Binding(key, outside(key.inside(), remote, now));
    size++;
    bindings.computeIfAbsent(key, any -> new ArrayList<>(1)).add(fresh);
    byOutside.computeIfAbsent(fresh.outside(), address -> new ArrayList<>(1)).add(fresh);
    return fresh;
  }

  private TransportAddress outside(TransportAddress inside, TransportAddress remote, long now) {
    if (!behaviour.translates()) {
      return inside;
    }
    boolean overloads = behaviour.mapping().overloads();
    int port =
        ports.take(
            inside.port(),
            (proposed, taken) ->
                (!taken || overloads)
                    && isFree(new TransportAddress(external, proposed), null, remote, now));
    return new TransportAddress(external, port);
  }

  /** Whether nothing keeps a host ({@code own} is its mapping) from this address and remote. */
  private boolean isFree(
      TransportAddress outside, @Nullable Binding own, TransportAddress remote, long now) {
    if (movesMappings() && isEarly(outside, remote, now)) {
      return false;
    }
    List<Binding> all = behaviour.mapping().overloads() ? byOutside.get(outside) : null;
    Binding other = flowing(all, remote, now);
    return other == null || other == own;
  }

  /** The one that has a flow to the remote; without one, all that are left are live. */
  private @Nullable Binding flowing(
      @Nullable List<Binding> all, TransportAddress remote, long now) {
    if (all == null) {
      return null;
    }
    TransportAddress scope = filterScope(remote);
    // From the end, since those that are over go.
    for (int i = all.size() - 1; i >= 0; i--) {
      Binding binding = all.get(i);
      if (!binding.isLive(now)) {
        remove(binding);
      } else if (binding.flow(scope, now) != null) {
        return binding;
      }
    }
    return null;
  }

  private void evict() {
    bindings.values().stream()
        .flatMap(List::stream)
        .min(Comparator.comparingLong(Binding::expires))
        .ifPresent(this::remove);
  }

  private void remove(Binding binding) {
    size--;
    remove(binding, bindings, binding.key());
    remove(binding, byOutside, binding.outside());
    if (!byOutside.containsKey(binding.outside())) {
      ports.giveBack(binding.outside().port());
    }
  }

  private static <K> void remove(Binding binding, Map<K, List<Binding>> from, K key) {
    List<Binding> all = from.get(key);
    if (all != null && all.remove(binding) && all.isEmpty()) {
      from.remove(key);
    }
  }

  private long lifetime(Flow flow, long now) {
    Lifetimes lifetimes = behaviour.lifetimes();
    if (transport == Transport.TCP) {
      return (flow.isEstablished() ? lifetimes.tcpEstablished() : lifetimes.tcpTransitory())
          .toNanos();
    }
    boolean stream = flow.isAnswered() && flow.age(now) > STREAM_AGE;
    return (stream ? lifetimes.udpStream() : lifetimes.udp()).toNanos();
  }

  private TransportAddress filterScope(TransportAddress remote) {
    return scoped(behaviour.filtering().scope(), remote);
  }

  private static TransportAddress scoped(Scope scope, TransportAddress remote) {
    return switch (scope) {
      case ENDPOINT_INDEPENDENT -> ANYBODY;
      case ADDRESS_DEPENDENT -> new TransportAddress(remote.ip(), 0);
      case ADDRESS_AND_PORT_DEPENDENT -> remote;
    };
  }

  /** A host's address and the part of its remote's that counts; outside, an address of the NAT. */
  record Key(TransportAddress inside, TransportAddress scope) {}
}
