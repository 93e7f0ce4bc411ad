package io.bradawl.protocol.sim;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.NatBehaviour.Early;
import io.bradawl.protocol.sim.NatBehaviour.Scope;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of one NAT for one transport, as functions of source, destination and time. */
final class NatTable {

  private static final long LIFETIME = Duration.ofSeconds(30).toNanos();
  private static final int FIRST_PORT = 40_000;
  private static final int PORT_STEP = 7;

  private final NatBehaviour behaviour;
  private final InetAddress external;
  private final Map<MappingKey, TransportAddress> mappings = new HashMap<>();
  private final Map<TransportAddress, TransportAddress> owners = new HashMap<>();
  private final Map<FlowKey, Flow> flows = new HashMap<>();
  private final Map<FlowKey, Long> early = new HashMap<>();
  private int nextPort = FIRST_PORT;

  NatTable(Transport transport, NatBehaviour behaviour, InetAddress external) {
    this.behaviour = behaviour;
    this.external = external;
    this.nextPort += transport.ordinal();
  }

  /** The external source of a packet that leaves, whose answers may then come in. */
  TransportAddress outbound(
      TransportAddress source, TransportAddress destination, boolean syn, long now) {
    TransportAddress mapped =
        behaviour.translates() ? mapping(source, destination, now) : identity(source);
    Flow flow = flows.computeIfAbsent(new FlowKey(mapped, filterKey(destination)), k -> new Flow());
    flow.expires = now + LIFETIME;
    if (syn) {
      flow.reset = false;
    }
    return mapped;
  }

  /** Where a packet that arrives goes, or {@code null} if it may not come in. */
  @Nullable TransportAddress inbound(
      TransportAddress destination, TransportAddress source, Packet packet, long now) {
    TransportAddress owner = owners.get(destination);
    Flow flow = flows.get(new FlowKey(destination, filterKey(source)));
    if (owner == null || flow == null || flow.expires < now || !flow.admits(packet, behaviour)) {
      early.put(new FlowKey(destination, source), now + LIFETIME);
      return null;
    }
    flow.answered |= !packet.isSyn();
    flow.reset |= packet.isReset();
    return owner;
  }

  private TransportAddress identity(TransportAddress source) {
    owners.put(source, source);
    return source;
  }

  private TransportAddress mapping(
      TransportAddress source, TransportAddress destination, long now) {
    MappingKey key = new MappingKey(source, scoped(behaviour.mapping(), destination));
    TransportAddress mapped = mappings.computeIfAbsent(key, k -> allocate(source));
    boolean taken = early.getOrDefault(new FlowKey(mapped, destination), Long.MIN_VALUE) > now;
    if (taken && behaviour.early() == Early.MOVES_MAPPING) {
      MappingKey moved = new MappingKey(source, destination);
      return mappings.computeIfAbsent(moved, k -> allocate(source));
    }
    return mapped;
  }

  private TransportAddress allocate(TransportAddress source) {
    nextPort += PORT_STEP;
    TransportAddress mapped = new TransportAddress(external, nextPort);
    owners.put(mapped, source);
    return mapped;
  }

  private @Nullable TransportAddress filterKey(TransportAddress remote) {
    return scoped(behaviour.filtering(), remote);
  }

  private static @Nullable TransportAddress scoped(Scope scope, TransportAddress remote) {
    return switch (scope) {
      case ENDPOINT_INDEPENDENT -> null;
      case ADDRESS_DEPENDENT -> new TransportAddress(remote.ip(), 0);
      case ADDRESS_AND_PORT_DEPENDENT -> remote;
    };
  }

  private record MappingKey(TransportAddress source, @Nullable TransportAddress scope) {}

  private record FlowKey(TransportAddress mapped, @Nullable TransportAddress scope) {}

  /** What conntrack knows of a flow. */
  private static final class Flow {
    private long expires;
    private boolean answered;
    private boolean reset;

    boolean admits(Packet packet, NatBehaviour behaviour) {
      if (!packet.isSyn() || behaviour.filtering() != Scope.ADDRESS_AND_PORT_DEPENDENT) {
        return true;
      }
      return !reset && (behaviour.simultaneousOpen() || answered);
    }
  }
}
