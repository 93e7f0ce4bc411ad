package io.bradawl.it;

import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_AND_PORT_DEPENDENT;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_DEPENDENT;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ENDPOINT_INDEPENDENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.NatBox;
import io.bradawl.it.lab.Program;
import io.bradawl.it.lab.userspace.Line;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.scene.StandardServer;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * STUN clients of other people get what they expect: coturn's {@code turnutils_stunclient} and
 * {@code turnutils_natdiscovery} (RFC 5780), and Debian's {@code stun} (RFC 3489).
 */
class StunInteropIT {
  private static final Line LINE = Line.of(Duration.ofMillis(2));
  private static final String PORT = String.valueOf(StandardServer.PORT);

  private final StandardServer server = StandardServer.open();

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void stunClientLearnsItsAddressBehindANat(int feature) {
    server.start(Jdk.find(feature));
    NatBox nat = nat(ENDPOINT_INDEPENDENT, ENDPOINT_INDEPENDENT);

    assertThat(
            server.tool(nat.host("client"), "turnutils_stunclient", "-p", PORT, server.address()))
        .contains("UDP reflexive addr: " + nat.outside() + ":");
  }

  /** Not behind a NAT: the tool wants an answer at another port of its own, and waits for ever. */
  @Test
  void stunClientGetsAnswersFromOtherAddressesAndAtOtherPorts() {
    server.start(Jdk.current(), server.withSecondAddress());
    Host client = server.lab().publicHost("client");

    assertThat(server.tool(client, "turnutils_stunclient", "-p", PORT, server.address()))
        .contains("Response origin: : " + server.address() + ":" + PORT)
        .contains("Other addr: : " + server.otherAddress() + ":" + StandardServer.OTHER_PORT)
        .contains("RFC 5780 response 3");
  }

  static Stream<Arguments> behaviours() {
    return Stream.of(
        arguments(
            NatBehaviour.nat(ENDPOINT_INDEPENDENT, ENDPOINT_INDEPENDENT),
            "Independent Mapping, Independent Filter",
            "NAT with Endpoint Independent Mapping!",
            "NAT with Endpoint Independent Filtering!"),
        arguments(
            NatBehaviour.nat(ENDPOINT_INDEPENDENT, ADDRESS_DEPENDENT),
            "Independent Mapping, Address Dependent Filter",
            "NAT with Endpoint Independent Mapping!",
            "NAT with Address Dependent Filtering!"),
        arguments(
            NatBehaviour.nat(ENDPOINT_INDEPENDENT, ADDRESS_AND_PORT_DEPENDENT),
            "Independent Mapping, Port Dependent Filter",
            "NAT with Endpoint Independent Mapping!",
            "NAT with Address and Port Dependent Filtering!"),
        arguments(
            NatBehaviour.nat(ADDRESS_AND_PORT_DEPENDENT, ADDRESS_AND_PORT_DEPENDENT),
            "Dependent Mapping",
            "NAT with Address and Port Dependent Mapping!",
            "NAT with Address and Port Dependent Filtering!"));
  }

  @ParameterizedTest
  @MethodSource("behaviours")
  void discoveryFindsOutHowTheNatBehaves(
      NatBehaviour behaviour, String classic, String mapping, String filtering) {
    server.start(Jdk.current(), server.withSecondAddress());
    Host client = server.lab().userspaceBox("nat", behaviour, LINE).host("client");

    assertThat(classic(client)).contains("Primary: " + classic);
    assertThat(
            server.tool(
                client,
                "turnutils_natdiscovery",
                "-m",
                "-f",
                "-p",
                PORT,
                "-L",
                client.address(),
                server.address()))
        .contains(mapping)
        .contains(filtering);
  }

  @Test
  void paddedDiscoveryIsAnsweredInFragments() {
    server.start(Jdk.current(), server.withSecondAddress());
    Host client = server.lab().publicHost("client");

    assertThat(
            server.tool(
                client,
                "turnutils_natdiscovery",
                "-m",
                "-P",
                "-p",
                PORT,
                "-L",
                client.address(),
                server.address()))
        .contains("No NAT! (Endpoint Independent Mapping)");
  }

  @Test
  void anOldClientLearnsItsAddressFromAServerWithOneAddress() {
    server.start(Jdk.current());
    Host client = server.lab().publicHost("client");

    assertThat(classic(client)).contains("MappedAddress = " + client.address() + ":");
  }

  /** Its exit status is the kind of NAT. */
  private String classic(Host client) {
    Program stun = server.run(client, "stun", "stun", server.address(), "-v");
    stun.awaitExit(StandardServer.LIMIT);
    return stun.output();
  }

  private NatBox nat(NatBehaviour.Scope mapping, NatBehaviour.Scope filtering) {
    return server.lab().userspaceBox("nat", NatBehaviour.nat(mapping, filtering), LINE);
  }
}
