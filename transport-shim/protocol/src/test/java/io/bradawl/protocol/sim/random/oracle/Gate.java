package io.bradawl.protocol.sim.random.oracle;

import io.bradawl.protocol.sim.nat.NatBehaviour;
import io.bradawl.protocol.sim.nat.NatBehaviour.Allocation;
import io.bradawl.protocol.sim.nat.NatBehaviour.Hairpin;
import io.bradawl.protocol.sim.nat.NatBehaviour.Scope;
import io.bradawl.protocol.sim.random.plan.Box;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a NAT or firewall does in the end, if everybody keeps sending: its flows only grow. */
final class Gate implements Area.Place {

  private final Box box;
  private final Area inside;
  private final Area outside;
  private final Rules rules;
  private final Map<Spot, Spot> owners = new HashMap<>();
  private final Map<Spot.Given, Spot> mappings = new HashMap<>();
  private final Set<Flow> open = new HashSet<>();

  Gate(Box box, Area inside, Area outside, Rules rules) {
    this.box = box;
    this.inside = inside;
    this.outside = outside;
    this.rules = rules;
    inside.leaveBy(this);
    outside.put(box.ip(), this);
  }

  Area inside() {
    return inside;
  }

  Area outside() {
    return outside;
  }

  /** How much is open: if it no longer grows, nothing does. */
  int size() {
    return owners.size() + open.size();
  }

  boolean isBack(Spot destination) {
    return destination.ip().equals(box.ip());
  }

  boolean hairpins() {
    return hairpin() == Hairpin.EXTERNAL_SOURCE || hairpin() == Hairpin.INTERNAL_SOURCE;
  }

  Hairpin hairpin() {
    return box.behaviour().hairpin();
  }

  /** The source with which a packet goes on. */
  Spot leave(Spot source, Spot destination) {
    Spot mapped = mapped(source, destination);
    owners.put(mapped, source);
    open.add(new Flow(mapped, filterScope(destination)));
    return mapped;
  }

  /** For whom a packet is, or {@code null} if it may not come in. */
  @Nullable Spot enter(Spot source, Spot destination, Sign sign) {
    Spot owner = owners.get(destination);
    Flow flow = new Flow(destination, filterScope(source));
    boolean admitted = open.contains(flow) && (sign != Sign.SYN || admitsSyn());
    return admitted ? owner : null;
  }

  /** A NAT that only looks at addresses knows nothing of connections. */
  private boolean admitsSyn() {
    NatBehaviour.Filtering filtering = box.behaviour().filtering();
    return filtering.scope() != Scope.ADDRESS_AND_PORT_DEPENDENT || filtering.simultaneousOpen();
  }

  private Spot mapped(Spot source, Spot destination) {
    if (box.isFirewall()) {
      return source;
    }
    Spot.Given given = given(source, destination);
    return mappings.computeIfAbsent(given, any -> new Spot(box.ip(), port(given)));
  }

  /** Whoever comes first keeps its port, if ports are preserved. */
  private Object port(Spot.Given given) {
    Object kept = given.inside().port();
    boolean preserves = box.behaviour().mapping().allocation() == Allocation.PRESERVING;
    return preserves && !owners.containsKey(new Spot(box.ip(), kept)) ? kept : given;
  }

  private Spot.Given given(Spot source, Spot destination) {
    if (rules.isDisturbed(box, destination)) {
      return new Spot.Given(source, destination);
    }
    return new Spot.Given(source, scoped(box.behaviour().mapping().scope(), destination));
  }

  private @Nullable Object filterScope(Spot remote) {
    return scoped(box.behaviour().filtering().scope(), remote);
  }

  private static @Nullable Object scoped(Scope scope, Spot remote) {
    return switch (scope) {
      case ENDPOINT_INDEPENDENT -> null;
      case ADDRESS_DEPENDENT -> remote.ip();
      case ADDRESS_AND_PORT_DEPENDENT -> remote;
    };
  }

  private record Flow(Spot outside, @Nullable Object scope) {}

  /** What matters of a packet beside its addresses. */
  enum Sign {
    DATAGRAM,
    SYN,
    /** What answers a SYN. */
    ANSWER
  }

  /** Under which circumstances a conclusion is to be drawn. */
  interface Rules {
    /** Whether the flow meets packets that came too early, and is given a port of its own. */
    boolean isDisturbed(Box box, Spot destination);
  }
}
