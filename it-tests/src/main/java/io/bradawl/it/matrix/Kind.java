package io.bradawl.it.matrix;

import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_AND_PORT_DEPENDENT;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_DEPENDENT;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ENDPOINT_INDEPENDENT;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Lab;
import io.bradawl.it.lab.Nat;
import io.bradawl.it.lab.NatBox;
import io.bradawl.it.lab.Unsolicited;
import io.bradawl.it.lab.userspace.Line;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import io.bradawl.protocol.sim.nat.NatBehaviour.Allocation;

/** What stands before a peer. */
enum Kind {
  NONE("none", (lab, name, line) -> lab.userspaceBox(name, null, line)),
  FIREWALL("stateful firewall", box(NatBehaviour.FIREWALL)),
  FULL_CONE("full cone", box(nat(ENDPOINT_INDEPENDENT))),
  ADDRESS_RESTRICTED("address-restricted", box(nat(ADDRESS_DEPENDENT))),
  PORT_RESTRICTED("port-restricted", box(nat(ADDRESS_AND_PORT_DEPENDENT))),
  MASQUERADE("Linux masquerade", kernel(Unsolicited.DROP)),
  MASQUERADE_RST("Linux masquerade, RST", kernel(Unsolicited.ANSWER)),
  SEQUENTIAL("symmetric, sequential", box(symmetric(Allocation.SEQUENTIAL))),
  RANDOM("symmetric, random", box(symmetric(Allocation.RANDOM))),
  IPV6_DROP("IPv6 firewall", firewall(Unsolicited.DROP)),
  IPV6_RST("IPv6 firewall, RST", firewall(Unsolicited.REJECT)),
  IPV6_ICMP("IPv6 firewall, ICMP", firewall(Unsolicited.PROHIBIT)),
  NO_UDP("port-restricted, no UDP", restricted("meta l4proto udp drop")),
  ONLY_443("TCP 443 only", restricted("tcp dport 443 accept; iifname \"lan\" drop"));

  private final String label;
  private final Builder builder;

  Kind(String label, Builder builder) {
    this.label = label;
    this.builder = builder;
  }

  String label() {
    return label;
  }

  Addressing addressing() {
    return isIpv6() ? Addressing.IPV6 : Addressing.IPV4;
  }

  /** Whether the two can meet at all. */
  boolean fits(Kind other) {
    return addressing() == other.addressing();
  }

  private boolean isIpv6() {
    return this == IPV6_DROP || this == IPV6_RST || this == IPV6_ICMP;
  }

  /** Puts one, with the given line before it, into the laboratory, and a host behind it. */
  Host host(Lab lab, String name, Line line) {
    return builder.build(lab, name + "-box", line).host(name);
  }

  /**
   * Whether a technique that this version has finds a direct path between the two: simultaneous
   * punching without port prediction.
   */
  static boolean isReached(Kind one, Kind other, String protocol) {
    if (one == ONLY_443 || other == ONLY_443) {
      return false;
    }
    if (protocol.equals("udp") && (one == NO_UDP || other == NO_UDP)) {
      return false;
    }
    boolean symmetric = one.isSymmetric() && other.filtersByPort();
    return !symmetric && !(other.isSymmetric() && one.filtersByPort());
  }

  /**
   * Whether techniques that are still to come could make it direct: port prediction and spraying,
   * and datagrams over a punched TCP connection where UDP does not get through (RFC 6544).
   */
  static boolean isOpen(Kind one, Kind other, String protocol) {
    if (one == ONLY_443 || other == ONLY_443 || isReached(one, other, protocol)) {
      return false;
    }
    boolean random = one == RANDOM || other == RANDOM;
    boolean udp = protocol.equals("udp") && one != NO_UDP && other != NO_UDP;
    boolean sprayed = udp && !(one.isSymmetric() && other.isSymmetric());
    return !random || sprayed || isReached(one, other, "tcp");
  }

  private boolean isSymmetric() {
    return this == SEQUENTIAL || this == RANDOM;
  }

  private boolean filtersByPort() {
    return this != NONE && this != FULL_CONE && this != ADDRESS_RESTRICTED;
  }

  private static NatBehaviour nat(NatBehaviour.Scope filtering) {
    return NatBehaviour.nat(ENDPOINT_INDEPENDENT, filtering);
  }

  private static NatBehaviour symmetric(Allocation allocation) {
    return NatBehaviour.nat(ADDRESS_AND_PORT_DEPENDENT, ADDRESS_AND_PORT_DEPENDENT)
        .allocating(allocation);
  }

  private static Builder box(NatBehaviour behaviour) {
    return (lab, name, line) -> lab.userspaceBox(name, behaviour, line);
  }

  /** The delay is a box of its own before the kernel's. */
  private static Builder kernel(Unsolicited unsolicited) {
    return (lab, name, line) ->
        lab.userspaceBox(name, null, line).natBox("nat", Nat.MASQUERADE, unsolicited);
  }

  private static Builder firewall(Unsolicited unsolicited) {
    return (lab, name, line) ->
        lab.userspaceBox(name, null, line).natBox("wall", Nat.FIREWALL, unsolicited);
  }

  private static Builder restricted(String rules) {
    return (lab, name, line) -> {
      NatBox box = lab.userspaceBox(name, nat(ADDRESS_AND_PORT_DEPENDENT), line);
      box.restrict(rules);
      return box;
    };
  }

  private interface Builder {
    NatBox build(Lab lab, String name, Line line);
  }
}
