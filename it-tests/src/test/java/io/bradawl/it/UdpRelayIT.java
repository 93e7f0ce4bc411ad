package io.bradawl.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Nat;
import io.bradawl.it.lab.NatBox;
import io.bradawl.it.lab.Program;
import io.bradawl.it.lab.Traffic;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.scene.Scene;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Datagrams get through where no direct path comes about. */
class UdpRelayIT {
  private static final int PORT = 9000;
  private static final int ROUNDS = 5;

  /** Nothing goes out by UDP, answers to the own TCP connections come in. */
  static final String NO_UDP =
      """
      nft add table ip noudp
      nft 'add chain ip noudp out { type filter hook output priority 0; }'
      nft add rule ip noudp out oifname != lo meta l4proto udp drop
      """;

  private final Scene scene = Scene.open();

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @Test
  void betweenTwoSymmetricNats() {
    NatBox serverBox = scene.natBox("server-box", Nat.SYMMETRIC);
    NatBox clientBox = scene.natBox("client-box", Nat.SYMMETRIC);

    Program ask = answers(serverBox.host("server"), clientBox.host("client"));

    ask.await("path up peer=server proto=udp kind=relayed", Scene.LIMIT);
    assertThat(ask.output()).as(scene.transcript()).doesNotContain("kind=direct");
    assertThat(byUdp(serverBox).packets()).isGreaterThan(2 * ROUNDS);
  }

  @Test
  void oneSideWithoutUdp() {
    Host server = scene.natBox("server-box", Nat.PORT_RESTRICTED).host("server");
    Host client = scene.natBox("client-box", Nat.PORT_RESTRICTED).host("client");
    client.shell(NO_UDP);

    answers(server, client).await("path up peer=server proto=udp kind=relayed", Scene.LIMIT);
  }

  @Test
  void bothSidesWithoutUdp() {
    Host server = scene.natBox("server-box", Nat.PORT_RESTRICTED).host("server");
    Host client = scene.natBox("client-box", Nat.PORT_RESTRICTED).host("client");
    server.shell(NO_UDP);
    client.shell(NO_UDP);

    answers(server, client).await("path up peer=server proto=udp kind=relayed", Scene.LIMIT);
  }

  private Program answers(Host server, Host client) {
    scene.echo(scene.peer(server, "server"), Jdk.current(), PORT);
    Program ask =
        scene.ask(scene.peer(client, "client"), Jdk.current(), "udp", "server.peer", PORT, ROUNDS);
    scene.succeeds(ask);
    assertThat(ask.output()).as(scene.transcript()).doesNotContain("failed");
    assertThat(ask.lines()).filteredOn(line -> line.contains("answered in")).hasSize(ROUNDS);
    return ask;
  }

  private Traffic byUdp(NatBox box) {
    return scene.observer().between(box.outside(), scene.rendezvousHost().address(), "udp");
  }
}
