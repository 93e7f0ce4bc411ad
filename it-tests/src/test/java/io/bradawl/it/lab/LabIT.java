package io.bradawl.it.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.userspace.Line;
import io.bradawl.it.probe.MappingProbe;
import io.bradawl.it.probe.Mirror;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The laboratory itself, shown with plain Java programs and no agent. */
class LabIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String PORT = "5683";

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

  @ParameterizedTest
  @CsvSource({"tcp, PORT_RESTRICTED", "udp, PORT_RESTRICTED", "tcp, MASQUERADE", "udp, MASQUERADE"})
  void mappingIsEndpointIndependent(String protocol, Nat nat) throws IOException {
    NatBox box = lab.natBox("nat", nat, Unsolicited.DROP);
    Program probe = probe(box.host("inside"));

    String mapped = probe.await(protocol + " " + one.address() + " (\\d.*)", LIMIT).group(1);
    assertThat(probe.await(protocol + " " + two.address() + " (\\d.*)", LIMIT).group(1))
        .isEqualTo(mapped);
    assertThat(mapped).startsWith(box.outside() + ":");
    int port = Integer.parseInt(mapped.substring(mapped.indexOf(':') + 1));
    if (nat == Nat.MASQUERADE) {
      assertThat(port).isEqualTo(Integer.parseInt(PORT));
    } else {
      assertThat(port).isBetween(40_000, 50_000);
    }
  }

  @ParameterizedTest
  @CsvSource({"PORT_RESTRICTED, false", "MASQUERADE, false", "FIREWALL, false", "NONE, true"})
  void onlyAnUnfilteredHostHearsAStranger(Nat nat, boolean heard) throws IOException {
    Program probe = probe(lab.natBox("nat", nat, Unsolicited.DROP).host("inside"));

    assertThat(probe.awaitExit(LIMIT)).as(probe.output()).isZero();
    assertThat(probe.output().contains("stranger")).isEqualTo(heard);
  }

  @Test
  void addressesAreKeptWithoutNat() throws IOException {
    Host inside = lab.natBox("router", Nat.FIREWALL, Unsolicited.DROP).host("inside");
    probe(inside).await("udp " + one.address() + " " + inside.address() + ":" + PORT, LIMIT);
  }

  @ParameterizedTest
  @EnumSource
  void unsolicitedConnectIsAnsweredAsAsked(Unsolicited unsolicited) {
    NatBox box = lab.natBox("nat", Nat.PORT_RESTRICTED, unsolicited);
    String error =
        one.shell("timeout 2 bash -c 'exec 3<>/dev/tcp/" + box.outside() + "/80' 2>&1 || true");
    boolean prohibited = unsolicited == Unsolicited.PROHIBIT;
    assertThat(error.contains("No route to host")).isEqualTo(prohibited);
    assertThat(error.contains("refused")).isEqualTo(unsolicited != Unsolicited.DROP && !prohibited);
  }

  @Test
  void observersCountWhatPasses() throws IOException {
    NatBox box = lab.natBox("nat", Nat.PORT_RESTRICTED, Unsolicited.DROP);
    Host inside = box.host("inside");
    assertThat(probe(inside).awaitExit(LIMIT)).isZero();

    assertThat(lab.observer().between(box.outside(), one.address(), "udp").packets()).isEqualTo(3);
    assertThat(lab.observer().between(box.outside(), two.address(), "tcp").packets())
        .isGreaterThan(5);
    assertThat(lab.observer().flows().keySet())
        .extracting(Flow::from)
        .doesNotContain(inside.address());
    assertThat(one.received().between(box.outside(), one.address(), "udp").packets()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void firewallsOfIpv6LetAnswersIn(Unsolicited unsolicited) {
    try (Lab dual = Lab.openDualStack()) {
      NatBox line = dual.userspaceBox("line", null, Line.of(Duration.ofMillis(1)));
      Host inside = line.natBox("wall", Nat.FIREWALL, unsolicited).host("inside");
      Host outside = dual.publicHost("outside");
      inside.onlyIpv6();

      assertThat(connect(inside, outside)).contains("refused");
      String error = connect(outside, inside);
      assertThat(error.contains("refused")).isEqualTo(unsolicited == Unsolicited.REJECT);
      assertThat(error.contains("denied")).isEqualTo(unsolicited == Unsolicited.PROHIBIT);
      assertThat(inside.received().flows().keySet())
          .extracting(Flow::from)
          .contains(outside.ipv6());
    }
  }

  @Test
  void closingLeavesNothing() throws IOException {
    Program mirror = run(lab.publicHost("doomed"), Mirror.class);
    mirror.await("mirror ready|BindException", LIMIT);
    lab.close();

    assertThat(mirror.awaitExit(LIMIT)).isNotZero();
    assertThat(Path.of("/run/netns").toFile().list((directory, name) -> name.contains("_doomed")))
        .isNullOrEmpty();
  }

  @Test
  void leftoversAreRemovedByWhoeverComesFirst() {
    for (int i = 0; i < 5; i++) {
      Namespace left = lab.namespace("left" + i);

      IntStream.range(0, 4).parallel().forEach(j -> Namespace.abandoned(left.file()).close());

      assertThat(left.file()).doesNotExist();
    }
  }

  private static String connect(Host from, Host to) {
    return from.shell("timeout 2 bash -c 'exec 3<>/dev/tcp/" + to.ipv6() + "/80' 2>&1 || true");
  }

  private static Program probe(Host host) throws IOException {
    return run(host, MappingProbe.class, PORT, "80.0.0.2", "80.0.1.2");
  }

  private static Program run(Host host, Class<?> main, String... arguments) throws IOException {
    JavaCommand command =
        JavaCommand.of(Jdk.current(), Artifacts.programs(), main.getName(), arguments);
    return host.start(main.getSimpleName(), command.words(), Map.of(), Path.of("."));
  }
}
