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
import java.util.ArrayList;
import java.util.List;
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
  private final NatBox clientNat = scene.natBox("client-nat", Nat.PORT_RESTRICTED);
  private final Host client = clientNat.host("client");

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

  /** Ports that wait for the next connect are shut; during a connect strangers do not matter. */
  @Test
  void clientPortsShrugItOff() throws IOException {
    scene.echo(scene.peer(serverNat.host("server")), Jdk.current(), PORT);
    Program ask = scene.ask(scene.peer(client), Jdk.current(), "tcp", "server.peer", PORT, 0);
    askOnceMore(ask, 0);
    List<String> ports = awaitPortsTowardsRendezvous();
    Host vandal = clientNat.host("vandal");
    Program refused = garbage(vandal, "20", ports);
    scene.succeeds(refused);
    assertThat(ports).hasSizeGreaterThan(1).allMatch(port -> refused.output().contains(port));
    assertThat(refused.output()).containsPattern(" 0 streams").doesNotContainPattern("[1-9]\\d* s");

    Program thrown = garbage(vandal, "20000", ports);
    for (int round = 1; round < 5; round++) {
      askOnceMore(ask, round);
    }

    thrown.close();
    assertThat(ask.lines().stream().filter(line -> line.startsWith("tcp answered"))).hasSize(5);
    assertThat(ask.output()).doesNotContain("\tat ");
  }

  private static void askOnceMore(Program ask, int round) throws IOException {
    ask.input().write('\n');
    ask.input().flush();
    ask.await("question " + round + " done", Scene.LIMIT);
  }

  /** Of the signalling, and of the port that is being made ready for the next connect. */
  private List<String> awaitPortsTowardsRendezvous() {
    long deadline = System.nanoTime() + Scene.LIMIT.toNanos();
    List<String> ports = portsTowardsRendezvous();
    while (ports.size() < 2) {
      assertThat(System.nanoTime()).as("only " + ports).isLessThan(deadline);
      ports = portsTowardsRendezvous();
    }
    return ports;
  }

  private List<String> portsTowardsRendezvous() {
    return client
        .shell("ss -Htn state established 'dport = :3478' | awk '{ print $3 }'")
        .lines()
        .map(address -> client.address() + address.substring(address.lastIndexOf(':')))
        .toList();
  }

  private Program garbage(Host vandal, String pieces, List<String> targets) {
    List<String> arguments = new ArrayList<>(List.of("4711", pieces));
    arguments.addAll(targets);
    return scene.start(
        vandal,
        "vandal",
        Scene.program(Jdk.current(), Garbage.class, arguments.toArray(String[]::new)));
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
