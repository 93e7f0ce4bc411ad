package io.bradawl.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Nat;
import io.bradawl.it.lab.Program;
import io.bradawl.it.probe.Echo;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.run.Peer;
import io.bradawl.it.scene.Scene;
import java.io.IOException;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rendezvous goes away, comes back, or was never there. */
class RendezvousLossIT {
  private static final int PORT = 9000;

  private final Scene scene = Scene.openWithoutRendezvous();
  private final Host server = scene.natBox("server-nat", Nat.PORT_RESTRICTED).host("server");
  private final Host client = scene.natBox("client-nat", Nat.PORT_RESTRICTED).host("client");

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @Test
  void peersRegisterAgainWhenTheRendezvousIsBack() {
    Program first = scene.startRendezvous();
    scene.echo(scene.peer(server), Jdk.current(), PORT);
    first.await("server", Scene.LIMIT);
    first.close();
    Program second = scene.startRendezvous();
    second.await("server", Scene.LIMIT);

    Program ask = scene.ask(scene.peer(client), Jdk.current(), "tcp", "server.peer", PORT, 1);

    ask.await("tcp answered", Scene.LIMIT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void withoutARendezvousOtherTrafficWorksAndPeersFailInTime(String protocol) {
    Host neighbour = scene.publicHost("neighbour");
    scene
        .start(neighbour, "plain echo", Scene.program(Jdk.current(), Echo.class, "9000"))
        .await("echo on port", Scene.LIMIT);
    Peer peer = scene.peer(client);

    Program plain = scene.ask(peer, Jdk.current(), protocol, neighbour.address(), PORT, 1);
    plain.await(protocol + " answered", Scene.LIMIT);
    Program toPeer = scene.ask(peer, Jdk.current(), protocol, "server.peer", PORT, 1);

    Matcher failed = toPeer.await(protocol + " failed after (\\d+) ms: (.*)", Scene.LIMIT);
    assertThat(Long.parseLong(failed.group(1))).isLessThan(19_000);
    assertThat(failed.group(2)).as(scene.transcript()).contains("rendezvous");
  }
}
