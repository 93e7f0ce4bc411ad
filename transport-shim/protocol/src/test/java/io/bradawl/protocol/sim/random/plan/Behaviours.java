package io.bradawl.protocol.sim.random.plan;

import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_AND_PORT_DEPENDENT;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_DEPENDENT;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ENDPOINT_INDEPENDENT;

import io.bradawl.protocol.sim.nat.NatBehaviour;
import io.bradawl.protocol.sim.nat.NatBehaviour.Allocation;
import io.bradawl.protocol.sim.nat.NatBehaviour.Early;
import io.bradawl.protocol.sim.nat.NatBehaviour.Hairpin;
import io.bradawl.protocol.sim.nat.NatBehaviour.Lifetimes;
import io.bradawl.protocol.sim.nat.NatBehaviour.Refusal;
import io.bradawl.protocol.sim.nat.NatBehaviour.Scope;
import java.time.Duration;

/** Draws how NATs behave: every combination that can be met, the usual ones more often. */
final class Behaviours {

  private final Chance chance;

  Behaviours(Chance chance) {
    this.chance = chance;
  }

  NatBehaviour firewall() {
    return hardships(NatBehaviour.FIREWALL).keeping(lifetimes());
  }

  NatBehaviour nat() {
    Scope mapping = scope(6, 1, 2);
    Scope filtering = atLeast(mapping, scope(2, 2, 5));
    NatBehaviour plain =
        NatBehaviour.nat(mapping, filtering)
            .allocating(
                chance.oneOf(
                    Allocation.PRESERVING,
                    Allocation.PARITY,
                    Allocation.CONTIGUOUS,
                    Allocation.SEQUENTIAL,
                    Allocation.RANDOM))
            .hairpinning(chance.oneOf(Hairpin.values()))
            .keeping(lifetimes());
    return hardships(chance.of(0.8) ? plain : plain.withoutErrors());
  }

  private NatBehaviour hardships(NatBehaviour plain) {
    NatBehaviour refusing = plain.refusing(chance.oneOf(Refusal.values()));
    NatBehaviour strict = chance.of(0.15) ? refusing.withoutSimultaneousOpen() : refusing;
    return chance.of(0.25) && plain.mapping().scope() == ENDPOINT_INDEPENDENT
        ? strict.early(Early.MOVES_MAPPING)
        : strict;
  }

  /** Not below the 30 s for which machines rely on a mapping. */
  private Lifetimes lifetimes() {
    return new Lifetimes(
        chance.time(Duration.ofSeconds(30), Duration.ofMinutes(2)),
        chance.time(Duration.ofMinutes(2), Duration.ofMinutes(5)),
        chance.time(Duration.ofMinutes(1), Duration.ofMinutes(4)),
        Duration.ofMinutes(124),
        chance.of(0.5));
  }

  private Scope scope(int independent, int address, int addressAndPort) {
    return switch (chance.weighted(independent, address, addressAndPort)) {
      case 0 -> ENDPOINT_INDEPENDENT;
      case 1 -> ADDRESS_DEPENDENT;
      default -> ADDRESS_AND_PORT_DEPENDENT;
    };
  }

  /** A filter is never laxer than its mapping: the mapping itself is for few only. */
  private static Scope atLeast(Scope mapping, Scope filtering) {
    return filtering.compareTo(mapping) < 0 ? mapping : filtering;
  }
}
