package io.bradawl.it;

import io.bradawl.it.lab.Nat;
import io.bradawl.it.lab.Program;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.run.Peer;
import io.bradawl.it.scene.Scene;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two processes of one name serve different ports; whoever connects means either of them. */
class NamesakesIT {
  private static final int PORT = 8080;
  private static final int OTHER_PORT = 8443;
  private static final int[] PORTS = {PORT, OTHER_PORT};

  private final Scene scene = Scene.open();
  private final Peer server =
      scene.peer(scene.natBox("server-nat", Nat.PORT_RESTRICTED).host("server"));
  private final Peer client =
      scene.peer(scene.natBox("client-nat", Nat.PORT_RESTRICTED).host("client"));

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @Test
  void eachPortLeadsToTheProcessThatServesIt() {
    for (int port : PORTS) {
      scene.echo(server, Jdk.current(), port);
    }
    List<Program> asking = new ArrayList<>();
    for (String protocol : new String[] {"tcp", "udp"}) {
      for (int port : PORTS) {
        asking.add(scene.ask(client, Jdk.current(), protocol, "server.peer", port, 1));
      }
    }
    asking.forEach(scene::succeeds);
  }
}
