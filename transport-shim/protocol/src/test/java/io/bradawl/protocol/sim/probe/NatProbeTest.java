package io.bradawl.protocol.sim.probe;

import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_AND_PORT_DEPENDENT;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_DEPENDENT;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ENDPOINT_INDEPENDENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.bradawl.protocol.sim.nat.Linux;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import io.bradawl.protocol.sim.nat.NatBehaviour.Allocation;
import io.bradawl.protocol.sim.nat.NatBehaviour.Hairpin;
import io.bradawl.protocol.sim.nat.NatBehaviour.Refusal;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The probe finds what a simulated NAT was told to do. */
class NatProbeTest {

  private static final NatBehaviour CONE =
      NatBehaviour.nat(ENDPOINT_INDEPENDENT, ADDRESS_AND_PORT_DEPENDENT);

  static Stream<Arguments> kinds() {
    return Stream.of(
        arguments(CONE, Trait.UDP_MAPPING, "nothing"),
        arguments(CONE, Trait.TCP_FILTERING, "address and port"),
        arguments(CONE, Trait.UDP_SHARED_PORT, "two ports"),
        arguments(CONE, Trait.TCP_UNSOLICITED, "silence"),
        arguments(CONE, Trait.HAIRPIN, "silence"),
        arguments(CONE, Trait.SILENCE, "ends it"),
        arguments(CONE, Trait.OUTBOUND, "yes"),
        arguments(CONE, Trait.INBOUND, "no"),
        arguments(CONE, Trait.STREAM, "as long"),
        arguments(CONE, Trait.SIMULTANEOUS_OPEN, "connected"),
        arguments(CONE, Trait.REFUSED_THEN_SYN, "silence"),
        arguments(CONE, Trait.UDP_EARLY, "the usual port"),
        arguments(CONE, Trait.TCP_EARLY, "the usual port"),
        arguments(CONE.withoutSimultaneousOpen(), Trait.SIMULTANEOUS_OPEN, "silence"),
        arguments(CONE.withoutErrors(), Trait.ERRORS, "get lost"),
        arguments(CONE.refusing(Refusal.RST), Trait.TCP_UNSOLICITED, "refused"),
        arguments(CONE.refusing(Refusal.ICMP), Trait.TCP_UNSOLICITED, "prohibited"),
        arguments(CONE.refusing(Refusal.ICMP), Trait.UDP_UNSOLICITED, "an ICMP error"),
        arguments(
            CONE.hairpinning(Hairpin.EXTERNAL_SOURCE),
            Trait.HAIRPIN,
            "arrives with external source"),
        arguments(
            CONE.hairpinning(Hairpin.INTERNAL_SOURCE),
            Trait.HAIRPIN,
            "arrives with internal source"),
        arguments(CONE.allocating(Allocation.PRESERVING), Trait.TCP_PORT, "preserved"),
        arguments(CONE.allocating(Allocation.SEQUENTIAL), Trait.UDP_PORT, "the next one"),
        arguments(CONE.allocating(Allocation.CONTIGUOUS), Trait.UDP_PORT, "at a fixed distance"),
        arguments(CONE.allocating(Allocation.PARITY), Trait.UDP_PORT, "random, same parity"),
        arguments(CONE.allocating(Allocation.RANDOM), Trait.UDP_PORT, "random"),
        arguments(symmetric(ADDRESS_DEPENDENT), Trait.UDP_MAPPING, "address"),
        arguments(symmetric(ADDRESS_AND_PORT_DEPENDENT), Trait.TCP_MAPPING, "address and port"),
        arguments(filtering(ADDRESS_DEPENDENT), Trait.TCP_FILTERING, "address"),
        arguments(filtering(ENDPOINT_INDEPENDENT), Trait.UDP_FILTERING, "nothing"),
        arguments(filtering(ENDPOINT_INDEPENDENT), Trait.REFUSED_THEN_SYN, "connected"),
        arguments(Linux.MASQUERADE, Trait.UDP_SHARED_PORT, "one port"),
        arguments(Linux.MASQUERADE, Trait.HAIRPIN, "an ICMP error"),
        arguments(Linux.MASQUERADE, Trait.INBOUND, "yes"),
        arguments(Linux.MASQUERADE, Trait.STREAM, "longer"),
        arguments(Linux.ANSWERING, Trait.UDP_EARLY, "another port"),
        arguments(NatBehaviour.FIREWALL, Trait.TCP_PORT, "preserved"),
        arguments(NatBehaviour.FIREWALL, Trait.UDP_FILTERING, "address and port"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void findsWhatWasTold(NatBehaviour behaviour, Trait trait, String finding) {
    Findings findings = NatProbe.run(new SimulatedStage(behaviour, 7));
    assertThat(findings.of(trait)).as(findings.toString()).isEqualTo(finding);
  }

  private static NatBehaviour symmetric(NatBehaviour.Scope mapping) {
    return NatBehaviour.nat(mapping, ADDRESS_AND_PORT_DEPENDENT);
  }

  private static NatBehaviour filtering(NatBehaviour.Scope filtering) {
    return NatBehaviour.nat(ENDPOINT_INDEPENDENT, filtering);
  }
}
