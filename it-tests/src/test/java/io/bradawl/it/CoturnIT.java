package io.bradawl.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Nat;
import io.bradawl.it.lab.NatBox;
import io.bradawl.it.lab.Program;
import io.bradawl.it.probe.Ask;
import io.bradawl.it.probe.Echo;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.scene.Scene;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An existing coturn serves, where the rendezvous has no relay. */
class CoturnIT {
  private static final int PORT = 9000;
  private static final int ROUNDS = 5;

  private final Scene scene = Scene.openWithoutRendezvous();
  private final Host relay = scene.publicHost("relay");

  @BeforeEach
  void startServers() {
    scene.startRendezvous("--relay", "off");
  }

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @Test
  void theClientHasOne() {
    String coturn = scene.startCoturn(relay);
    NatBox serverBox = scene.natBox("server-box", Nat.SYMMETRIC);
    NatBox clientBox = scene.natBox("client-box", Nat.SYMMETRIC);
    echo(serverBox.host("server"), null, "udp");

    answers(clientBox.host("client"), coturn, "udp");

    assertThat(packets(serverBox, "udp")).isGreaterThan(2 * ROUNDS);
    assertThat(packets(clientBox, "udp")).isGreaterThan(2 * ROUNDS);
  }

  @Test
  void theServerHasOne() {
    String coturn = scene.startCoturn(relay);
    Host server = scene.natBox("server-box", Nat.SYMMETRIC).host("server");
    Host client = scene.natBox("client-box", Nat.SYMMETRIC).host("client");
    echo(server, coturn, "udp");

    answers(client, null, "udp");
  }

  @Test
  void bothHaveOneAndNoUdp() {
    String coturn = scene.startCoturn(relay);
    NatBox serverBox = scene.natBox("server-box", Nat.PORT_RESTRICTED);
    NatBox clientBox = scene.natBox("client-box", Nat.PORT_RESTRICTED);
    Host server = serverBox.host("server");
    Host client = clientBox.host("client");
    server.shell(UdpRelayIT.NO_UDP);
    client.shell(UdpRelayIT.NO_UDP);
    echo(server, coturn, "tcp");

    answers(client, coturn, "tcp");

    assertThat(packets(serverBox, "tcp")).isGreaterThan(ROUNDS);
    assertThat(packets(clientBox, "tcp")).isGreaterThan(ROUNDS);
  }

  private void echo(Host host, @Nullable String coturn, String transport) {
    JavaCommand command = Scene.program(Jdk.current(), Echo.class, String.valueOf(PORT));
    Program echo =
        scene.start(
            scene.peer(host, "server"),
            coturn == null ? command : using(coturn, command, transport));
    echo.await("echo on port", Scene.LIMIT);
    echo.await(Scene.REGISTERED, Scene.LIMIT);
  }

  private void answers(Host host, @Nullable String coturn, String transport) {
    JavaCommand command =
        Scene.program(
            Jdk.current(),
            Ask.class,
            "udp",
            "server.peer",
            String.valueOf(PORT),
            String.valueOf(ROUNDS));
    Program ask =
        scene.start(
            scene.peer(host, "client"),
            coturn == null ? command : using(coturn, command, transport));
    scene.succeeds(ask);
    assertThat(ask.output()).as(scene.transcript()).doesNotContain("failed");
    assertThat(ask.output()).as(scene.transcript()).contains("kind=relayed");
  }

  private static JavaCommand using(String coturn, JavaCommand command, String transport) {
    return command
        .agent("turn", coturn.replace("transport=tcp", "transport=" + transport))
        .agent("turn.user", Scene.TURN_USER)
        .agent("turn.password", Scene.TURN_PASSWORD);
  }

  private long packets(NatBox box, String protocol) {
    return scene.observer().between(box.outside(), relay.address(), protocol).packets();
  }
}
