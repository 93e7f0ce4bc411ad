package io.bradawl.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.apps.StunAndTalk;
import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Nat;
import io.bradawl.it.lab.NatBox;
import io.bradawl.it.lab.Program;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.run.Peer;
import io.bradawl.it.scene.Scene;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An application with a STUN library of its own, which asks through the very socket that carries a
 * path: it gets all its answers, the path goes on, and nothing of the agent's shows.
 */
class StunLibraryIT {
  private static final int PORT = 9000;
  private static final int ROUNDS = 30;

  private final Scene scene = Scene.open();
  private final NatBox nat = scene.natBox("client-nat", Nat.PORT_RESTRICTED);
  private final Host client = nat.host("client");

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void asksTheRendezvousThatTheAgentAsksToo(int feature) {
    answersReachTheLibrary(Jdk.find(feature), scene.rendezvousHost().address());
  }

  @Test
  void asksAnotherServer() {
    Host host = scene.publicHost("coturn");
    Program coturn = scene.coturn(host);

    answersReachTheLibrary(Jdk.current(), host.address());

    assertThat(coturn.output()).doesNotContain("ERROR");
  }

  private void answersReachTheLibrary(Jdk jdk, String stunServer) {
    Peer server = scene.peer(scene.natBox("server-nat", Nat.PORT_RESTRICTED).host("server"));
    scene.echo(server, jdk, PORT);

    Program application = scene.start(scene.peer(client), command(jdk, stunServer));

    scene.succeeds(application);
    List<String> lines = application.lines();
    assertThat(lines.stream().filter("echoed"::equals)).hasSize(ROUNDS);
    List<String> mapped = lines.stream().filter(line -> line.startsWith("mapped")).toList();
    assertThat(mapped).hasSize(ROUNDS).allMatch(mapped.get(0)::equals);
    assertThat(mapped.get(0)).startsWith("mapped " + nat.outside() + ":");
    assertThat(application.output()).doesNotContain("unexpected");
  }

  private JavaCommand command(Jdk jdk, String stunServer) {
    return JavaCommand.of(
        jdk,
        Artifacts.ice4j(),
        StunAndTalk.class.getName(),
        client.address(),
        stunServer,
        "3478",
        "server.peer",
        String.valueOf(PORT),
        String.valueOf(ROUNDS));
  }
}
