package io.bradawl.it;

import static org.assertj.core.api.Assertions.assertThat;

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

/**
 * What an application is told when there is no way: at once and in plain words, never by a
 * time-out.
 */
class RefusalIT {
  private static final int PORT = 9000;

  private final Scene scene = Scene.open();
  private final Peer client =
      scene.peer(scene.natBox("client-nat", Nat.PORT_RESTRICTED).host("client"));

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void unknownPeerIsAnUnknownHost(int feature) {
    Program ask = scene.ask(client, Jdk.find(feature), "tcp", "nobody.peer", PORT, 1);

    Matcher failed = ask.await("tcp failed after (\\d+) ms: (.*)", Scene.LIMIT);
    assertThat(failed.group(2)).contains("UnknownHostException", "nobody");
    assertThat(Long.parseLong(failed.group(1))).isLessThan(10_000);
    assertThat(ask.output()).doesNotContain("WARNING:", "VM warning:"); // of the JVM
  }

  @Test
  void peerThatDoesNotListenRefuses() {
    Peer server = scene.peer(scene.natBox("server-nat", Nat.PORT_RESTRICTED).host("server"));
    scene.echo(server, Jdk.current(), PORT);

    Program ask = scene.ask(client, Jdk.current(), "tcp", "server.peer", PORT + 1, 1);

    Matcher failed = ask.await("tcp failed after (\\d+) ms: (.*)", Scene.LIMIT);
    assertThat(failed.group(2)).contains("ConnectException");
    assertThat(Long.parseLong(failed.group(1))).isLessThan(10_000);
  }

  @Test
  void peerThatIsNotAllowedIsToldSoAndTheOtherSideHowToAllowIt() {
    Peer server = scene.peer(scene.natBox("server-nat", Nat.PORT_RESTRICTED).host("server"));
    Program echo =
        scene.start(
            server,
            Scene.program(Jdk.current(), Echo.class, String.valueOf(PORT)).agent("allow", "none"));
    echo.await("echo on port", Scene.LIMIT);
    echo.await(Scene.REGISTERED, Scene.LIMIT);

    Program ask = scene.ask(client, Jdk.current(), "tcp", "server.peer", PORT, 1);

    Matcher failed = ask.await("tcp failed after (\\d+) ms: (.*)", Scene.LIMIT);
    assertThat(failed.group(2)).contains("ConnectException", "server does not allow this peer");
    assertThat(Long.parseLong(failed.group(1))).isLessThan(10_000);
    echo.await("was refused at tcp/" + PORT + "; to let it in, set bradawl.allow=", Scene.LIMIT);
  }

  @Test
  void portThatIsNotExposedRefuses() {
    Peer server = scene.peer(scene.natBox("server-nat", Nat.PORT_RESTRICTED).host("server"));
    Program echo =
        scene.start(
            server,
            Scene.program(Jdk.current(), Echo.class, String.valueOf(PORT))
                .agent("expose", "tcp/" + (PORT + 1)));
    echo.await("echo on port", Scene.LIMIT);
    echo.await(Scene.REGISTERED, Scene.LIMIT);

    Program ask = scene.ask(client, Jdk.current(), "tcp", "server.peer", PORT, 1);

    Matcher failed = ask.await("tcp failed after (\\d+) ms: (.*)", Scene.LIMIT);
    assertThat(failed.group(2)).contains("ConnectException", "nothing listens there");
  }
}
