package io.bradawl.it.lab;

import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_AND_PORT_DEPENDENT;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_DEPENDENT;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ENDPOINT_INDEPENDENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.bradawl.it.lab.userspace.Line;
import io.bradawl.it.probe.MappingProbe;
import io.bradawl.it.probe.Mirror;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import io.bradawl.protocol.sim.nat.NatBehaviour.Allocation;
import io.bradawl.protocol.sim.nat.NatBehaviour.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The boxes of this process, seen by the same probe as the kernel's. */
class UserspaceIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Line LINE = Line.of(Duration.ofMillis(25));
  private static final int PORT = 5683;

  private final Lab lab = Lab.open();
  private Host one;
  private Host two;

  @BeforeEach
  void mirrors() throws IOException {
    one = lab.publicHost("one");
    two = lab.publicHost("two");
    for (Host host : List.of(one, two)) {
      run(host, Mirror.class).await("mirror ready", LIMIT);
    }
  }

  @AfterEach
  void close() {
    lab.close();
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
        arguments(NatBehaviour.nat(ENDPOINT_INDEPENDENT, ENDPOINT_INDEPENDENT), true, true),
        arguments(NatBehaviour.nat(ENDPOINT_INDEPENDENT, ADDRESS_DEPENDENT), true, true),
        arguments(NatBehaviour.nat(ENDPOINT_INDEPENDENT, ADDRESS_AND_PORT_DEPENDENT), true, false),
        arguments(NatBehaviour.nat(ADDRESS_DEPENDENT, ADDRESS_DEPENDENT), false, true),
        arguments(symmetric(Allocation.RANDOM), false, false),
        arguments(symmetric(Allocation.SEQUENTIAL), false, false),
        arguments(NatBehaviour.FIREWALL, true, false));
  }

  private static NatBehaviour symmetric(Allocation allocation) {
    return NatBehaviour.nat(ADDRESS_AND_PORT_DEPENDENT, ADDRESS_AND_PORT_DEPENDENT)
        .allocating(allocation);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void mapsAndFiltersAsTold(NatBehaviour behaviour, boolean sameMapping, boolean heard)
      throws IOException {
    Host inside = lab.userspaceBox("nat", behaviour, LINE).host("inside");
    Program probe = run(inside, MappingProbe.class, String.valueOf(PORT), "80.0.0.2", "80.0.1.2");

    assertThat(probe.awaitExit(LIMIT)).as(probe.output()).isZero();
    for (String protocol : List.of("tcp", "udp")) {
      String mapped = mapped(probe, protocol, one);
      assertThat(mapped(probe, protocol, two).equals(mapped)).as(mapped).isEqualTo(sameMapping);
      boolean keeps = behaviour == NatBehaviour.FIREWALL;
      assertThat(mapped.equals(inside.address() + ":" + PORT)).as(mapped).isEqualTo(keeps);
    }
    assertThat(probe.output().contains("stranger")).isEqualTo(heard);
  }

  @Test
  void aLineDelaysBothWays() {
    Host inside = lab.userspaceBox("nat", NatBehaviour.FIREWALL, LINE).host("inside");
    long before = System.nanoTime();
    inside.shell("bash -c 'exec 3<>/dev/tcp/" + one.address() + "/7000; cat <&3'");
    assertThat(System.nanoTime() - before).isGreaterThan(2 * LINE.delay().toNanos());
  }

  @Test
  void unsolicitedConnectIsRefusedIfAsked() {
    NatBehaviour refusing =
        NatBehaviour.nat(ENDPOINT_INDEPENDENT, ADDRESS_AND_PORT_DEPENDENT).refusing(Refusal.RST);
    NatBox box = lab.userspaceBox("nat", refusing, LINE);
    String error =
        one.shell("timeout 5 bash -c 'exec 3<>/dev/tcp/" + box.outside() + "/80' 2>&1 || true");
    assertThat(error).contains("refused");
  }

  @Test
  void boxesStandBehindBoxes() throws IOException {
    NatBox carrier =
        lab.userspaceBox(
            "carrier", NatBehaviour.nat(ENDPOINT_INDEPENDENT, ADDRESS_AND_PORT_DEPENDENT), LINE);
    Host behindKernel = carrier.natBox("home", Nat.MASQUERADE, Unsolicited.DROP).host("inside");
    Host behindOther =
        carrier
            .userspaceBox(
                "other", NatBehaviour.nat(ENDPOINT_INDEPENDENT, ENDPOINT_INDEPENDENT), LINE)
            .host("inside");
    for (Host inside : List.of(behindKernel, behindOther)) {
      Program probe = run(inside, MappingProbe.class, String.valueOf(PORT), "80.0.0.2", "80.0.1.2");
      assertThat(probe.awaitExit(LIMIT)).as(probe.output()).isZero();
      assertThat(mapped(probe, "udp", one)).startsWith(carrier.outside());
      assertThat(mapped(probe, "tcp", two)).startsWith(carrier.outside());
    }
  }

  private static String mapped(Program probe, String protocol, Host mirror) {
    return probe.await(protocol + " " + mirror.address() + " (\\d.*)", LIMIT).group(1);
  }

  private static Program run(Host host, Class<?> main, String... arguments) throws IOException {
    JavaCommand command =
        JavaCommand.of(Jdk.current(), Artifacts.programs(), main.getName(), arguments);
    return host.start(main.getSimpleName(), command.words(), Map.of(), Path.of("."));
  }
}
