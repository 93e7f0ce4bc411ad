package io.bradawl.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.apps.CoapGet;
import io.bradawl.it.apps.CoapSensor;
import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Nat;
import io.bradawl.it.lab.NatBox;
import io.bradawl.it.lab.Program;
import io.bradawl.it.lab.Traffic;
import io.bradawl.it.probe.Ask;
import io.bradawl.it.probe.Chatter;
import io.bradawl.it.probe.Echo;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.run.TlsFiles;
import io.bradawl.it.scene.Scene;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Datagrams get through where no direct path comes about. */
class UdpRelayIT {
  private static final int PORT = 9000;
  private static final int ROUNDS = 5;

  /** Direct pairs are tried again after 1, 2, 4, ... s, at last every 20 s. */
  private static final Duration SEVERAL_ROUNDS = Duration.ofSeconds(100);

  /** What the most guarded networks let out. */
  private static final String ONLY_443 = "tcp dport 443 accept; iifname \"lan\" drop";

  /** Nothing comes in by UDP. */
  static final String NO_UDP =
      """
      nft add table ip noudp
      nft 'add chain ip noudp in { type filter hook input priority 0; }'
      nft add rule ip noudp in iifname != lo meta l4proto udp drop
      """;

  /** Nothing comes in by UDP, except from that host. */
  private static final String NO_PEERS =
      """
      nft add table ip nopeers
      nft 'add chain ip nopeers in { type filter hook input priority 0; }'
      nft add rule ip nopeers in iifname != lo ip saddr != %s meta l4proto udp drop
      """;

  private final Scene scene = Scene.openWithoutRendezvous();

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @Test
  void betweenTwoSymmetricNats() {
    scene.startRendezvous();
    NatBox serverBox = scene.natBox("server-box", Nat.SYMMETRIC);
    NatBox clientBox = scene.natBox("client-box", Nat.SYMMETRIC);

    Program ask = answers(serverBox.host("server"), clientBox.host("client"));

    ask.await("path up peer=server proto=udp kind=relayed", Scene.LIMIT);
    assertThat(ask.output()).as(scene.transcript()).doesNotContain("kind=direct");
    assertThat(byUdp(serverBox).packets()).isGreaterThan(2 * ROUNDS);
  }

  @Test
  void oneSideWithoutUdp() {
    scene.startRendezvous();
    Host server = scene.natBox("server-box", Nat.PORT_RESTRICTED).host("server");
    Host client = scene.natBox("client-box", Nat.PORT_RESTRICTED).host("client");
    client.shell(NO_UDP);

    answers(server, client).await("path up peer=server proto=udp kind=relayed", Scene.LIMIT);
  }

  @Test
  void bothSidesWithoutUdp() {
    scene.startRendezvous();
    Host server = scene.natBox("server-box", Nat.PORT_RESTRICTED).host("server");
    Host client = scene.natBox("client-box", Nat.PORT_RESTRICTED).host("client");
    server.shell(NO_UDP);
    client.shell(NO_UDP);

    answers(server, client).await("path up peer=server proto=udp kind=relayed", Scene.LIMIT);
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true"})
  void port443ToTheRendezvousIsEnough(boolean serverGuarded, boolean clientGuarded) {
    TlsFiles tls = TlsFiles.make(scene.directory(), scene.rendezvousHost().address());
    scene.startRendezvous(tls.options());
    NatBox serverBox = scene.natBox("server-box", Nat.SYMMETRIC);
    NatBox clientBox = scene.natBox("client-box", Nat.SYMMETRIC);
    if (serverGuarded) {
      serverBox.restrict(ONLY_443);
    }
    if (clientGuarded) {
      clientBox.restrict(ONLY_443);
    }

    answers(serverBox.host("server"), clientBox.host("client"), tls.certificate().toString())
        .await("path up peer=server proto=udp kind=relayed", Scene.LIMIT);
  }

  @Test
  void theRelayIsLeftWhereADirectPathComesAbout() {
    scene.startRendezvous();
    NatBox serverBox = scene.natBox("server-box", Nat.PORT_RESTRICTED);
    NatBox clientBox = scene.natBox("client-box", Nat.PORT_RESTRICTED);
    Host client = clientBox.host("client");
    client.shell(NO_PEERS.formatted(scene.rendezvousHost().address()));
    scene.echo(scene.peer(serverBox.host("server"), "server"), Jdk.current(), PORT);

    Program load = load(client);
    load.await("path up peer=server proto=udp kind=relayed", Scene.LIMIT);
    client.shell("nft delete table ip nopeers");
    load.await("path moved peer=server proto=udp kind=direct", SEVERAL_ROUNDS);
    // At once: a path that fails before both have agreed on it is moved too.
    client.shell(NO_PEERS.formatted(scene.rendezvousHost().address()));
    load.await("path moved peer=server proto=udp kind=relayed", SEVERAL_ROUNDS);
    load.feed("enough\n");

    scene.succeeds(load);
    assertThat(load.output()).as(scene.transcript()).doesNotContain("path down");
    assertThat(scene.observer().between(serverBox.outside(), clientBox.outside(), "udp").packets())
        .isGreaterThan(10);
  }

  @ParameterizedTest
  @MethodSource("io.bradawl.it.scene.Scene#jdkPairs")
  void anUnmodifiedApplication(Jdk serverJdk, Jdk clientJdk) {
    scene.startRendezvous();
    Host sensor = scene.natBox("server-box", Nat.SYMMETRIC).host("sensor");
    Host web = scene.natBox("client-box", Nat.SYMMETRIC).host("web");
    Program server = scene.start(scene.peer(sensor), californium(serverJdk, CoapSensor.class));
    server.await("listening", Scene.LIMIT);
    server.await(Scene.REGISTERED, Scene.LIMIT);
    String uri = "coap://sensor.peer:5683/";
    Program client =
        scene.start(
            scene.peer(web),
            californium(clientJdk, CoapGet.class, "0", uri + "temperature", uri + "log"));

    scene.succeeds(client);
    assertThat(client.output()).as(scene.transcript()).contains("21.5 C").contains("6500 octets");
    client.await("path up peer=sensor proto=udp kind=relayed", Scene.LIMIT);
  }

  private Program load(Host client) {
    return scene.start(
        scene.peer(client, "client"),
        Scene.program(Jdk.current(), Chatter.class, "server.peer", String.valueOf(PORT)));
  }

  private static JavaCommand californium(Jdk jdk, Class<?> main, String... arguments) {
    return JavaCommand.of(jdk, Artifacts.californium(), main.getName(), arguments);
  }

  private Program answers(Host server, Host client) {
    return answers(server, client, null);
  }

  /**
   * @param trust certificates, or {@code null}
   */
  private Program answers(Host server, Host client, @Nullable String trust) {
    JavaCommand serve = Scene.program(Jdk.current(), Echo.class, String.valueOf(PORT));
    Program echo = scene.start(scene.peer(server, "server"), trusting(trust, serve));
    echo.await("echo on port", Scene.LIMIT);
    echo.await(Scene.REGISTERED, Scene.LIMIT);
    JavaCommand question =
        Scene.program(
            Jdk.current(),
            Ask.class,
            "udp",
            "server.peer",
            String.valueOf(PORT),
            String.valueOf(ROUNDS));
    Program ask = scene.start(scene.peer(client, "client"), trusting(trust, question));
    scene.succeeds(ask);
    assertThat(ask.output()).as(scene.transcript()).doesNotContain("failed");
    assertThat(ask.lines()).filteredOn(line -> line.contains("answered in")).hasSize(ROUNDS);
    return ask;
  }

  private static JavaCommand trusting(@Nullable String trust, JavaCommand command) {
    return trust == null ? command : command.agent("tls.trust", trust);
  }

  private Traffic byUdp(NatBox box) {
    return scene.observer().between(box.outside(), scene.rendezvousHost().address(), "udp");
  }
}
