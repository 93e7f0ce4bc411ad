package io.bradawl.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Nat;
import io.bradawl.it.lab.NatBox;
import io.bradawl.it.lab.Program;
import io.bradawl.it.probe.Garbage;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.scene.Footprint;
import io.bradawl.it.scene.Scene;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Nonsense on every port that the world or a neighbour can reach: nothing crashes, leaks or gets
 * slow.
 */
class GarbageIT {
  private static final int PORT = 9000;
  private static final String PIECES = "300";

  private final Scene scene = Scene.openWithoutRendezvous();
  private final Program rendezvous = scene.startRendezvous();
  private final NatBox serverNat = scene.natBox("server-nat", Nat.PORT_RESTRICTED);
  private final Host client = scene.natBox("client-nat", Nat.PORT_RESTRICTED).host("client");

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @Test
  void rendezvousShrugsItOff() {
    scene.echo(scene.peer(serverNat.host("server")), Jdk.current(), PORT);
    askTwice();
    Footprint before = Footprint.of(rendezvous);

    throwAt(scene.publicHost("vandal"), scene.rendezvousHost().address() + ":3478");

    askTwice();
    before.assertNotGrown(rendezvous);
    assertThat(rendezvous.output()).doesNotContain("Exception");
  }

  @Test
  void serverPortsShrugItOff() {
    Host server = serverNat.host("server");
    Program echo = scene.echo(scene.peer(server), Jdk.current(), PORT);
    askTwice();
    Footprint before = Footprint.of(echo);

    throwAt(serverNat.host("vandal"), server.address() + ":" + PORT);

    askTwice();
    before.assertNotGrown(echo);
    assertThat(echo.output()).doesNotContain("\tat ");
  }

  private void throwAt(Host vandal, String target) {
    Program garbage =
        scene.start(
            vandal, "vandal", Scene.program(Jdk.current(), Garbage.class, "4711", PIECES, target));
    scene.succeeds(garbage);
  }

  private void askTwice() {
    for (String protocol : new String[] {"tcp", "udp"}) {
      Program ask = scene.ask(scene.peer(client), Jdk.current(), protocol, "server.peer", PORT, 1);
      ask.await(protocol + " answered", Scene.LIMIT);
      ask.awaitExit(Scene.LIMIT);
    }
  }
}
