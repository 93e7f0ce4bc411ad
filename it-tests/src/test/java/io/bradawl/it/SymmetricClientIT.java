package io.bradawl.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Nat;
import io.bradawl.it.lab.NatBox;
import io.bradawl.it.lab.Program;
import io.bradawl.it.probe.Ask;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.scene.Scene;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A client whose NAT gives it another port for every destination connects to a public server, which
 * so sees it come from a port that nobody has told.
 */
class SymmetricClientIT {
  private static final int PORT = 9000;

  private final Scene scene = Scene.open();

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @ParameterizedTest
  @MethodSource("io.bradawl.it.scene.Scene#jdkPairs")
  void peersAreToldFromGuestsBehindTheSameNat(Jdk serverJdk, Jdk clientJdk) {
    Host server = scene.publicHost("server");
    NatBox nat = scene.natBox("client-nat", Nat.PORT_RESTRICTED);
    Host client = nat.host("client");
    client.shell(
        """
        nft add table ip symmetric
        nft 'add chain ip symmetric out { type nat hook postrouting priority 100; }'
        nft add rule ip symmetric out oifname eth0 meta l4proto tcp masquerade random
        """);
    Program echo = scene.echo(scene.peer(server), serverJdk, PORT);

    Program ask = scene.ask(scene.peer(client), clientJdk, "tcp", "server.peer", PORT, 5);
    Program guest = scene.start(nat.host("guest"), "guest", guest(clientJdk, server));

    scene.succeeds(ask);
    scene.succeeds(guest);
    assertThat(ask.output()).as(scene.transcript()).doesNotContain("failed");
    assertThat(guest.output()).as(scene.transcript()).doesNotContain("failed");
    echo.await("tcp from .*/240\\.", 5, Scene.LIMIT);
    echo.await("tcp from /" + nat.outside(), 200, Scene.LIMIT);
    assertThat(echo.lines().stream().filter(line -> line.matches("tcp from .*/240\\..*")))
        .as(scene.transcript())
        .hasSize(5);
    assertThat(echo.lines().stream().filter(line -> line.contains("tcp from /" + nat.outside())))
        .hasSize(200);
  }

  private static JavaCommand guest(Jdk jdk, Host server) {
    return Scene.program(jdk, Ask.class, "tcp", server.address(), String.valueOf(PORT), "200");
  }
}
