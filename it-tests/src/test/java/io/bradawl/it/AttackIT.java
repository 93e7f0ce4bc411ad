package io.bradawl.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Nat;
import io.bradawl.it.lab.NatBox;
import io.bradawl.it.lab.Program;
import io.bradawl.it.probe.Ask;
import io.bradawl.it.probe.AskLines;
import io.bradawl.it.probe.Echo;
import io.bradawl.it.probe.Garbage;
import io.bradawl.it.probe.Meddler;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.scene.Scene;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on unmodified applications, through the kernel's own stack and NATs. */
@Execution(ExecutionMode.CONCURRENT)
class AttackIT {
  private static final int PORT = 9000;

  private final Scene scene = Scene.open();

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void aWrongHostAtThePeersPrivateAddressIsNotTakenForIt(String protocol) {
    Host server = scene.natBox("server-nat", Nat.PORT_RESTRICTED).host("server");
    NatBox home = scene.natBox("client-nat", Nat.PORT_RESTRICTED);
    Host client = home.host("client");
    Host wrong = home.host("wrong");
    wrong.shell("ip addr add " + server.address() + "/32 dev eth0");
    client.shell("ip route add " + server.address() + "/32 dev eth0");
    Program stranger = startEcho(wrong);
    Program echo = scene.echo(scene.peer(server), Jdk.current(), PORT);

    Program ask = scene.ask(scene.peer(client), Jdk.current(), protocol, "server.peer", PORT, 3);

    ask.await(protocol + " answered", Scene.LIMIT);
    scene.succeeds(ask);
    assertThat(ask.output()).doesNotContain("wrong echo");
    echo.await(protocol + " from .*/240\\.", Scene.LIMIT);
    stranger.await(protocol + " from /" + client.address(), Scene.LIMIT); // it had its chance
  }

  /**
   * The attacker's packets carry the victim's very address and port, inside the NAT and so outside.
   */
  @Test
  void aNeighbourWhoStealsTheEndpointOfAPathIsNotHeard() throws IOException {
    Host server = scene.publicHost("server");
    NatBox home = scene.natBox("client-nat", Nat.PORT_RESTRICTED);
    Host client = home.host("client");
    Host thief = home.host("thief");
    Program echo = scene.echo(scene.peer(server), Jdk.current(), PORT);
    Program talk =
        scene.start(
            scene.peer(client),
            Scene.program(Jdk.current(), AskLines.class, "server.peer", String.valueOf(PORT)));
    say(talk, "before");
    String port = echo.await("udp from /240[^:]*:(\\d+)", Scene.LIMIT).group(1);
    steal(thief, client.address() + ":" + port);

    Program garbage =
        scene.start(
            thief,
            "thief",
            Scene.program(
                Jdk.current(), Garbage.class, "4711", "300", server.address() + ":" + PORT));
    scene.succeeds(garbage);
    say(talk, "after");

    assertThat(server.received().between(home.outside(), server.address(), "udp").packets())
        .as("it did get through")
        .isGreaterThan(300);
    echo.await("^udp from", 2, Scene.LIMIT);
    assertThat(echo.lines().stream().filter(line -> line.startsWith("udp from"))).hasSize(2);
  }

  /** Flips a bit of each such message: the change is noticed, and does nothing but deny. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "another key for the name, 0B2, 7B04",
    "another claim for the name, 0B2, 7B05",
    "another session, 0B3, 7B08",
    "another offerer, 0B3, 7B02",
    "another service, 0B3, 7B06",
    "another offer, 0B3, 7B09",
    "another answerer, 0B4, 7B02",
    "another answer, 0B4, 7B09"
  })
  void aManInTheMiddleOfTheSignallingOnlyDenies(String what, String method, String attribute)
      throws IOException {
    Host middle = scene.publicHost("middle");
    String rendezvous = scene.rendezvousHost().address();
    Program meddler =
        scene.start(
            middle,
            "meddler",
            Scene.program(Jdk.current(), Meddler.class, rendezvous, "3478", method, attribute));
    meddler.await("in the middle", Scene.LIMIT);
    Program echo =
        startPeer(scene.publicHost("server"), "server", middle, Echo.class, String.valueOf(PORT));
    echo.await(Scene.REGISTERED, Scene.LIMIT);

    Program ask = ask(scene.publicHost("client"), middle, 0);
    // On a slow machine a connect may fail before it comes to such a message.
    for (int round = 0; round < 5 && !meddler.output().contains("meddled"); round++) {
      ask.input().write('\n');
      ask.input().flush();
      ask.await("question " + round + " done", Scene.LIMIT);
    }

    assertThat(meddler.output()).as(scene.transcript()).contains("meddled");
    assertThat(ask.output()).as(scene.transcript()).contains("tcp failed");
    assertThat(ask.output()).as(scene.transcript()).doesNotContain("tcp answered");
    assertThat(echo.output()).doesNotContain("tcp from", "\tat ");
  }

  @Test
  void whoSquatsANameWithoutTheRealmsSecretIsNotAsked(@TempDir Path folder) throws IOException {
    Host server = scene.publicHost("server");
    Program echo = scene.echo(scene.peer(server), Jdk.current(), PORT);
    Path secret =
        Files.createFile(
            folder.resolve("secret"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secret, "c29tZWJvZHkgZWxzZSdzIHNlY3JldCwgMzIgb2N0ZXRz");
    Program squatter =
        scene.start(
            scene.publicHost("squatter"),
            "squatter",
            Scene.program(Jdk.current(), Echo.class, String.valueOf(PORT))
                .peer(scene.rendezvousHost().address() + ":3478", "server")
                .agent("secret.file", secret.toString()));
    squatter.await(Scene.REGISTERED, Scene.LIMIT);

    Program ask = ask(scene.publicHost("client"), scene.rendezvousHost(), 1);

    ask.await("tcp answered", Scene.LIMIT);
    echo.await("tcp from .*/240\\.", Scene.LIMIT);
    assertThat(squatter.output()).doesNotContain("tcp from");
  }

  private Program startEcho(Host host) {
    Program echo =
        scene.start(
            host, "stranger", Scene.program(Jdk.current(), Echo.class, String.valueOf(PORT)));
    echo.await("echo on port", Scene.LIMIT);
    return echo;
  }

  private Program startPeer(
      Host host, String name, Host rendezvous, Class<?> program, String... arguments) {
    JavaCommand command =
        Scene.program(Jdk.current(), program, arguments).peer(rendezvous.address() + ":3478", name);
    return scene.start(host, name, command);
  }

  private Program ask(Host host, Host rendezvous, int rounds) {
    return startPeer(
        host,
        "client",
        rendezvous,
        Ask.class,
        "tcp",
        "server.peer",
        String.valueOf(PORT),
        String.valueOf(rounds));
  }

  private static void say(Program talk, String word) throws IOException {
    OutputStream input = talk.input();
    input.write((word + "\n").getBytes(StandardCharsets.US_ASCII));
    input.flush();
    talk.await("answered: " + word, Scene.LIMIT);
  }

  /** Whatever UDP the host sends has this source from now on. */
  private static void steal(Host thief, String endpoint) {
    thief.shell(
        """
        nft add table ip thief
        nft 'add chain ip thief out { type nat hook postrouting priority 100; }'
        nft add rule ip thief out meta l4proto udp snat to %s
        """
            .formatted(endpoint));
  }
}
