package io.bradawl.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Nat;
import io.bradawl.it.lab.NatBox;
import io.bradawl.it.lab.Program;
import io.bradawl.it.lab.Traffic;
import io.bradawl.it.lab.Unsolicited;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.scene.Scene;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who stands where: every kind of box that the laboratory has, and none between the two.
 *
 * <p>Two boxes that both answer an early SYN with RST are left to the simulation of the protocol:
 * each first SYN would have to leave before the other arrives, which no timing brings about without
 * any delay between them.
 */
@Execution(ExecutionMode.CONCURRENT)
class TopologyIT {
  private static final int PORT = 9000;

  private final Scene scene = Scene.open();

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @ParameterizedTest
  @CsvSource({
    "tcp, PORT_RESTRICTED, REJECT, PORT_RESTRICTED, DROP",
    "tcp, PORT_RESTRICTED, DROP, MASQUERADE, REJECT",
    "tcp, MASQUERADE, DROP, MASQUERADE, DROP",
    "tcp, FIREWALL, DROP, FIREWALL, DROP",
    "tcp, FIREWALL, REJECT, PORT_RESTRICTED, DROP",
    "tcp, NONE, DROP, PORT_RESTRICTED, DROP",
    "tcp, PORT_RESTRICTED, DROP, NONE, DROP",
    "udp, PORT_RESTRICTED, REJECT, PORT_RESTRICTED, REJECT",
    "udp, MASQUERADE, DROP, PORT_RESTRICTED, DROP",
    "udp, FIREWALL, DROP, FIREWALL, REJECT",
    "udp, NONE, DROP, PORT_RESTRICTED, DROP"
  })
  void peersMeet(
      String protocol,
      Nat serverNat,
      Unsolicited serverUnsolicited,
      Nat clientNat,
      Unsolicited clientUnsolicited) {
    NatBox serverBox = scene.natBox("server-box", serverNat, serverUnsolicited);
    NatBox clientBox = scene.natBox("client-box", clientNat, clientUnsolicited);

    answers(protocol, serverBox.host("server"), clientBox.host("client"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void neighboursStayInTheirLan(String protocol) {
    NatBox box = scene.natBox("box", Nat.PORT_RESTRICTED);
    Host server = box.host("server");
    Host client = box.host("client");

    answers(protocol, server, client);

    Traffic inTheLan = server.received().between(client.address(), server.address(), protocol);
    assertThat(inTheLan.packets()).isGreaterThan(2);
    assertThat(scene.observer().between(box.outside(), box.outside(), protocol))
        .isEqualTo(Traffic.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void peersShareAHost(String protocol) {
    Host host = scene.natBox("box", Nat.PORT_RESTRICTED).host("server");

    answers(protocol, host, host);
  }

  private void answers(String protocol, Host server, Host client) {
    scene.echo(scene.peer(server), Jdk.current(), PORT);
    Program ask =
        scene.ask(scene.peer(client, "client"), Jdk.current(), protocol, "server.peer", PORT, 3);

    scene.succeeds(ask);
    assertThat(ask.output()).as(scene.transcript()).doesNotContain("failed");
    assertThat(ask.lines()).filteredOn(line -> line.contains("answered in")).hasSize(3);
  }
}
