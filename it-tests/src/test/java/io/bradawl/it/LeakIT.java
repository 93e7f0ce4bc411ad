package io.bradawl.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Nat;
import io.bradawl.it.lab.Program;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.scene.Footprint;
import io.bradawl.it.scene.Scene;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two hundred connections to a peer, one after the other, leave nothing behind on either side. */
class LeakIT {
  private static final int PORT = 9000;
  private static final int WARM_UP = 10;
  private static final int ROUNDS = 200;

  private final Scene scene = Scene.open();

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @Test
  void connectingLeavesNothingBehind() throws IOException {
    Host server = scene.natBox("server-nat", Nat.PORT_RESTRICTED).host("server");
    Host client = scene.natBox("client-nat", Nat.PORT_RESTRICTED).host("client");
    Program echo = scene.echo(scene.peer(server), Jdk.current(), PORT);
    Program ask = scene.ask(scene.peer(client), Jdk.current(), "tcp", "server.peer", PORT, 0);
    askAndCount(ask, WARM_UP, WARM_UP);
    Footprint serverBefore = Footprint.of(echo);
    Footprint clientBefore = Footprint.of(ask);

    askAndCount(ask, ROUNDS, WARM_UP + ROUNDS);

    serverBefore.assertNotGrown(echo);
    clientBefore.assertNotGrown(ask);
  }

  private static void askAndCount(Program ask, int rounds, int answersInAll) throws IOException {
    for (int round = 0; round < rounds; round++) {
      ask.input().write('\n');
    }
    ask.input().flush();
    ask.await("question " + (answersInAll - 1) + " done", Scene.LIMIT);
    assertThat(ask.output()).doesNotContain("failed");
  }
}
