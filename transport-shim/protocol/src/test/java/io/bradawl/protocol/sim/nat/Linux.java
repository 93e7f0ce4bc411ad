package io.bradawl.protocol.sim.nat;

import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_AND_PORT_DEPENDENT;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ENDPOINT_INDEPENDENT;

import io.bradawl.protocol.sim.nat.NatBehaviour.Allocation;
import io.bradawl.protocol.sim.nat.NatBehaviour.Early;
import io.bradawl.protocol.sim.nat.NatBehaviour.Hairpin;
import io.bradawl.protocol.sim.nat.NatBehaviour.Lifetimes;
import io.bradawl.protocol.sim.nat.NatBehaviour.Refusal;
import java.time.Duration;

/** What Linux does with the usual rules of nftables; the laboratory compares the two. */
public final class Linux {

  /** As the kernel has them; every packet of a flow counts. */
  public static final Lifetimes LIFETIMES =
      new Lifetimes(
          Duration.ofSeconds(30),
          Duration.ofSeconds(120),
          Duration.ofSeconds(120),
          Duration.ofDays(5),
          true);

  /** {@code masquerade}, with all else that comes from outside dropped. */
  public static final NatBehaviour MASQUERADE =
      cone().allocating(Allocation.PRESERVING).overloading();

  /** The same, but packets from outside reach the router's own stack. */
  public static final NatBehaviour ANSWERING =
      MASQUERADE.refusing(Refusal.RST).early(Early.MOVES_MAPPING);

  /** The same, but {@code reject} instead of drop: RST and "port unreachable". */
  public static final NatBehaviour REJECTING = MASQUERADE.refusing(Refusal.RST);

  /** The same, but {@code reject with icmp admin-prohibited} instead of drop. */
  public static final NatBehaviour PROHIBITING = MASQUERADE.refusing(Refusal.ICMP);

  /** {@code masquerade to} a range of ports that hosts do not use themselves. */
  public static final NatBehaviour MASQUERADE_TO_RANGE = cone();

  /** {@code masquerade fully-random}. */
  public static final NatBehaviour FULLY_RANDOM =
      linux(NatBehaviour.nat(ADDRESS_AND_PORT_DEPENDENT, ADDRESS_AND_PORT_DEPENDENT));

  /** {@code ct state established,related accept}, without a NAT. */
  public static final NatBehaviour FIREWALL = NatBehaviour.FIREWALL.keeping(LIFETIMES);

  private Linux() {}

  private static NatBehaviour cone() {
    return linux(NatBehaviour.nat(ENDPOINT_INDEPENDENT, ADDRESS_AND_PORT_DEPENDENT));
  }

  private static NatBehaviour linux(NatBehaviour behaviour) {
    return behaviour.keeping(LIFETIMES).hairpinning(Hairpin.ANSWERED);
  }
}
