package io.bradawl.protocol.sim;

import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_AND_PORT_DEPENDENT;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_DEPENDENT;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ENDPOINT_INDEPENDENT;

import io.bradawl.protocol.sim.nat.Linux;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import org.jspecify.annotations.Nullable;

/** What stands before a host. */
enum NatKind {
  OPEN(null),
  FIREWALL(NatBehaviour.FIREWALL),
  FULL_CONE(NatBehaviour.nat(ENDPOINT_INDEPENDENT, ENDPOINT_INDEPENDENT)),
  ADDRESS_RESTRICTED(NatBehaviour.nat(ENDPOINT_INDEPENDENT, ADDRESS_DEPENDENT)),
  PORT_RESTRICTED(NatBehaviour.nat(ENDPOINT_INDEPENDENT, ADDRESS_AND_PORT_DEPENDENT)),
  /** Linux masquerade: refuses with RST, and early packets disturb it. */
  LINUX(Linux.ANSWERING),
  SYMMETRIC(NatBehaviour.nat(ADDRESS_AND_PORT_DEPENDENT, ADDRESS_AND_PORT_DEPENDENT));

  private final @Nullable NatBehaviour behaviour;

  NatKind(@Nullable NatBehaviour behaviour) {
    this.behaviour = behaviour;
  }

  /** {@code null} if there is nothing. */
  @Nullable NatBehaviour behaviour() {
    return behaviour;
  }

  /**
   * Whether simultaneous punching without prediction reaches from one to the other: the table of
   * what the classic algorithm can do.
   */
  static boolean reaches(NatKind one, NatKind other) {
    return !(one == SYMMETRIC && other.isPortRestricted())
        && !(other == SYMMETRIC && one.isPortRestricted());
  }

  private boolean isPortRestricted() {
    return behaviour != null && behaviour.filtering().scope() == ADDRESS_AND_PORT_DEPENDENT;
  }
}
