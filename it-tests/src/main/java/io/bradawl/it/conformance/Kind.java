package io.bradawl.it.conformance;

import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_AND_PORT_DEPENDENT;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_DEPENDENT;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ENDPOINT_INDEPENDENT;

import io.bradawl.it.lab.Lab;
import io.bradawl.it.lab.Nat;
import io.bradawl.it.lab.NatBox;
import io.bradawl.it.lab.Unsolicited;
import io.bradawl.it.lab.userspace.Line;
import io.bradawl.protocol.sim.nat.Linux;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import io.bradawl.protocol.sim.nat.NatBehaviour.Allocation;
import io.bradawl.protocol.sim.nat.NatBehaviour.Hairpin;
import io.bradawl.protocol.sim.nat.NatBehaviour.Lifetimes;
import java.time.Duration;

/** A NAT that exists both in the simulation and in the laboratory. */
enum Kind {
  MASQUERADE("masquerade", Linux.MASQUERADE, kernel(Nat.MASQUERADE, Unsolicited.DROP)),
  ANSWERING("answering", Linux.ANSWERING, kernel(Nat.MASQUERADE, Unsolicited.ANSWER)),
  REJECTING("rejecting", Linux.REJECTING, kernel(Nat.MASQUERADE, Unsolicited.REJECT)),
  PROHIBITING("prohibiting", Linux.PROHIBITING, kernel(Nat.MASQUERADE, Unsolicited.PROHIBIT)),
  TO_RANGE("to range", Linux.MASQUERADE_TO_RANGE, kernel(Nat.PORT_RESTRICTED, Unsolicited.DROP)),
  FULLY_RANDOM("fully-random", Linux.FULLY_RANDOM, kernel(Nat.SYMMETRIC, Unsolicited.DROP)),
  FIREWALL("firewall", Linux.FIREWALL, kernel(Nat.FIREWALL, Unsolicited.DROP)),
  USERSPACE_FULL_CONE(
      "full cone",
      NatBehaviour.nat(ENDPOINT_INDEPENDENT, ENDPOINT_INDEPENDENT)
          .hairpinning(Hairpin.EXTERNAL_SOURCE)),
  USERSPACE_ADDRESS_DEPENDENT(
      "address-dependent",
      NatBehaviour.nat(ADDRESS_DEPENDENT, ADDRESS_DEPENDENT).allocating(Allocation.PARITY)),
  USERSPACE_SEQUENTIAL(
      "symmetric, sequential",
      NatBehaviour.nat(ADDRESS_AND_PORT_DEPENDENT, ADDRESS_AND_PORT_DEPENDENT)
          .allocating(Allocation.SEQUENTIAL)
          .refusing(NatBehaviour.Refusal.ICMP)),
  USERSPACE_STRICT(
      "no simultaneous open",
      NatBehaviour.nat(ENDPOINT_INDEPENDENT, ADDRESS_AND_PORT_DEPENDENT)
          .allocating(Allocation.CONTIGUOUS)
          .withoutSimultaneousOpen()
          .hairpinning(Hairpin.INTERNAL_SOURCE)),
  USERSPACE_LINUX("Linux, answering", Linux.ANSWERING);

  private static final int UDP_SECONDS = 3;
  private static final int STREAM_SECONDS = 12;

  private final String label;
  private final NatBehaviour behaviour;
  private final Builder builder;
  private final boolean kernels;

  Kind(String label, NatBehaviour behaviour, Builder builder) {
    this.label = label;
    this.behaviour = shortLived(behaviour);
    this.builder = builder;
    kernels = true;
  }

  /** One of the simulation between real hosts. */
  Kind(String label, NatBehaviour behaviour) {
    NatBehaviour told = shortLived(behaviour);
    this.label = label;
    this.behaviour = told;
    this.builder = (lab, name) -> lab.userspaceBox(name, told, Line.of(Duration.ZERO));
    kernels = false;
  }

  String label() {
    return label;
  }

  /** What the simulation takes it for. */
  NatBehaviour behaviour() {
    return behaviour;
  }

  /** Whether the kernel does it, so that the simulation may be wrong about it. */
  boolean isKernels() {
    return kernels;
  }

  /** The real one, with hosts on both sides. */
  RealStage stage(Lab lab) {
    String name = "k" + ordinal();
    NatBox box = builder.build(lab, name);
    Duration lifetime = behaviour.lifetimes().udp();
    return new RealStage(lab, name, box, behaviour.translates(), lifetime);
  }

  /** So short that one can wait for the end. */
  private static NatBehaviour shortLived(NatBehaviour behaviour) {
    Lifetimes usual = behaviour.lifetimes();
    boolean streams = !usual.udp().equals(usual.udpStream());
    return behaviour.keeping(
        new Lifetimes(
            Duration.ofSeconds(UDP_SECONDS),
            Duration.ofSeconds(streams ? STREAM_SECONDS : UDP_SECONDS),
            usual.tcpTransitory(),
            usual.tcpEstablished(),
            usual.inboundRefreshes()));
  }

  private static Builder kernel(Nat nat, Unsolicited unsolicited) {
    return (lab, name) -> {
      NatBox box = lab.natBox(name, nat, unsolicited);
      box.sysctl("net/netfilter/nf_conntrack_udp_timeout", String.valueOf(UDP_SECONDS));
      box.sysctl("net/netfilter/nf_conntrack_udp_timeout_stream", String.valueOf(STREAM_SECONDS));
      return box;
    };
  }

  private interface Builder {
    NatBox build(Lab lab, String name);
  }
}
