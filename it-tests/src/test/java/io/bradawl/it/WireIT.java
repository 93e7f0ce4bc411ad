package io.bradawl.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Nat;
import io.bradawl.it.lab.NatBox;
import io.bradawl.it.lab.Program;
import io.bradawl.it.lab.Wiretap;
import io.bradawl.it.probe.Ask;
import io.bradawl.it.probe.Echo;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.run.Peer;
import io.bradawl.it.scene.Scene;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody on the way can read. */
class WireIT {
  private static final int PORT = 9000;
  private static final int OTHER_PORT = 9001;
  private static final String MIXED = "encrypted,authenticated:" + OTHER_PORT;

  /** What {@link Ask} says. */
  private static final String QUESTION = "question 0";

  private final Scene scene = Scene.open();
  private final NatBox serverNat = scene.natBox("server-nat", Nat.PORT_RESTRICTED);
  private final Peer server = scene.peer(serverNat.host("server"));
  private final Peer client =
      scene.peer(scene.natBox("client-nat", Nat.PORT_RESTRICTED).host("client"));

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void nothingCanBeReadByDefault(String protocol) {
    echo(server, PORT, "encrypted");
    try (Wiretap tap = scene.wiretap(QUESTION, "server")) {
      ask(protocol, server, PORT, "encrypted");

      tap.await("server"); // the name, in what the rendezvous is asked: the tap works
      assertThat(tap.hasSeen(QUESTION)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void everythingCanBeReadIfOnlyAuthenticated(String protocol) {
    echo(server, PORT, "authenticated");
    try (Wiretap tap = scene.wiretap(QUESTION)) {
      ask(protocol, server, PORT, "authenticated");

      tap.await(QUESTION);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void theStricterSideDecides(String protocol) {
    echo(server, PORT, "authenticated");
    try (Wiretap tap = scene.wiretap(QUESTION, "server")) {
      ask(protocol, server, PORT, "encrypted");

      tap.await("server");
      assertThat(tap.hasSeen(QUESTION)).isFalse();
    }
  }

  @Test
  void eachPortHasItsOwnSecurity() {
    Peer other = scene.peer(serverNat.host("other"));
    echo(server, PORT, MIXED);
    echo(other, OTHER_PORT, MIXED);
    for (String protocol : new String[] {"tcp", "udp"}) {
      try (Wiretap tap = scene.wiretap(QUESTION)) {
        ask(protocol, server, PORT, MIXED);
        assertThat(tap.hasSeen(QUESTION)).isFalse();

        ask(protocol, other, OTHER_PORT, MIXED);
        tap.await(QUESTION);
      }
    }
  }

  private void echo(Peer peer, int port, String security) {
    Program echo = scene.start(peer, with(security, Echo.class, String.valueOf(port)));
    echo.await("echo on port", Scene.LIMIT);
    echo.await(Scene.REGISTERED, Scene.LIMIT);
  }

  private void ask(String protocol, Peer peer, int port, String security) {
    Program ask =
        scene.start(
            client,
            with(security, Ask.class, protocol, peer.name() + ".peer", String.valueOf(port), "1"));
    ask.await(protocol + " answered", Scene.LIMIT);
    scene.succeeds(ask);
  }

  private static JavaCommand with(String security, Class<?> program, String... arguments) {
    return Scene.program(Jdk.current(), program, arguments)
        .agent("tcp.security", security)
        .agent("udp.security", security);
  }
}
