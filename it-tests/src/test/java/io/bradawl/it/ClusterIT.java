package io.bradawl.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Nat;
import io.bradawl.it.lab.Program;
import io.bradawl.it.probe.Talk;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.run.Peer;
import io.bradawl.it.scene.Scene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Three rendezvous servers with one Redis, and peers behind NATs that are registered at different
 * ones.
 */
class ClusterIT {
  private static final int PORT = 9000;

  private final Scene scene = Scene.openWithoutRendezvous();
  private final Host redisHost = scene.publicHost("redis");
  private final List<Host> hosts =
      Stream.of("node-0", "node-1", "node-2").map(scene::publicHost).toList();
  private final List<Program> nodes = new ArrayList<>();
  private Program redis;
  private Program db;
  private Peer web;

  @BeforeEach
  void open() {
    redis = startRedis();
    hosts.forEach(host -> nodes.add(startNode(host)));
    nodes.forEach(node -> node.await("the cluster at .* is there", Scene.LIMIT));
    Host server = scene.natBox("server-nat", Nat.PORT_RESTRICTED).host("server");
    Host client = scene.natBox("client-nat", Nat.PORT_RESTRICTED).host("client");
    db = scene.echo(peer(server, "db", 0, 1, 2), Jdk.current(), PORT);
    web = peer(client, "web", 1, 2, 0);
    assertRegisteredAt(db, 0);
  }

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @Test
  void aNodeThatIsKilledIsReplaced() {
    Host elsewhere = scene.publicHost("elsewhere");
    Program other = scene.echo(peer(elsewhere, "other", 0, 2, 1), Jdk.current(), PORT);
    Program stream = talk("tcp");
    Program datagrams = talk("udp");
    Program tcp = ask("tcp", "db.peer");
    Program udp = ask("udp", "db.peer");
    Program toOther = ask("tcp", "other.peer");
    for (Program asking : List.of(tcp, udp, toOther)) {
      assertAnswered(asking);
    }

    long killedAt = System.nanoTime();
    hosts.get(0).shell("kill -9 " + nodes.get(0).pid());
    assertAnswered(tcp);
    long passed = Duration.ofNanos(System.nanoTime() - killedAt).toMillis();
    assertAnswered(udp);
    assertAnswered(toOther);

    System.out.println("first new path after a node was killed: " + passed + " ms");
    assertRegisteredAt(db, 1);
    assertRegisteredAt(other, 2);
    assertTalking(stream);
    assertTalking(datagrams);
  }

  @Test
  void redisMayGoAndComeBack() {
    Program stream = talk("tcp");
    Program tcp = ask("tcp", "db.peer");
    assertAnswered(tcp);
    redisHost.shell("kill -9 " + redis.pid());
    nodes.forEach(node -> node.await("does not answer", Scene.LIMIT));
    assertTalking(stream);

    redis = startRedis();
    assertAnswered(tcp);
  }

  @Test
  void aNodeThatIsToldToStopLosesNoOffer() {
    Program stream = talk("tcp");
    Program datagrams = talk("udp");
    Program tcp = ask("tcp", "db.peer");
    assertAnswered(tcp);

    nodes.get(0).terminate();
    int asked = 0;
    while (!isRegisteredAt(db, 1) || asked < 20) {
      once(tcp);
      asked++;
    }
    assertThat(nodes.get(0).awaitExit(Scene.LIMIT)).as(scene.transcript()).isZero();
    once(tcp);
    assertThat(tcp.lines()).as(scene.transcript()).noneMatch(line -> line.contains("failed"));
    assertThat(db.lines())
        .as(scene.transcript())
        .noneMatch(line -> line.contains("not registered"));
    assertTalking(stream);
    assertTalking(datagrams);
  }

  private Program talk(String protocol) {
    Program talk =
        scene.start(
            web,
            Scene.program(Jdk.current(), Talk.class, protocol, "db.peer", String.valueOf(PORT)));
    talk.await(protocol + " is talking", Scene.LIMIT);
    return talk;
  }

  private void assertTalking(Program talk) {
    talk.feed("\n");
    System.out.println(talk.await("talked .*", Scene.LIMIT).group());
    scene.succeeds(talk);
  }

  private Program ask(String protocol, String host) {
    return scene.ask(web, Jdk.current(), protocol, host, PORT, 0);
  }

  /** Asks until there is an answer. */
  private void assertAnswered(Program asking) {
    long deadline = System.nanoTime() + Scene.LIMIT.toNanos();
    while (!once(asking)) {
      assertThat(System.nanoTime()).as(scene.transcript()).isLessThan(deadline);
    }
  }

  /** Asks once; whether there was an answer. */
  private boolean once(Program asking) {
    long before = count(asking, "question \\d+ done");
    long answers = count(asking, ".* answered in .*");
    try {
      asking.input().write('\n');
      asking.input().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(asking + " has ended", e);
    }
    asking.await("question " + before + " done", Scene.LIMIT);
    return count(asking, ".* answered in .*") > answers;
  }

  private static long count(Program program, String pattern) {
    return program.lines().stream().filter(line -> line.matches(pattern)).count();
  }

  private void assertRegisteredAt(Program peer, int node) {
    peer.await(Scene.REGISTERED + hosts.get(node).address() + ":", Scene.LIMIT);
  }

  private boolean isRegisteredAt(Program peer, int node) {
    return peer.output().contains(Scene.REGISTERED + hosts.get(node).address() + ":");
  }

  private Peer peer(Host host, String name, int... order) {
    String rendezvous =
        Arrays.stream(order)
            .mapToObj(node -> hosts.get(node).address() + ":3478")
            .collect(Collectors.joining(","));
    return new Peer(name, rendezvous, host, scene.directory());
  }

  private Program startRedis() {
    Program started =
        scene.start(
            redisHost,
            "redis",
            List.of(
                "redis-server",
                "--bind",
                "*",
                "--protected-mode",
                "no",
                "--save",
                "",
                "--appendonly",
                "no"));
    started.await("Ready to accept connections", Scene.LIMIT);
    return started;
  }

  private Program startNode(Host host) {
    Program node =
        scene.start(
            host,
            host.name(),
            JavaCommand.ofJar(
                Jdk.current(),
                Artifacts.rendezvous(),
                "--cluster",
                "redis://" + redisHost.address()));
    node.await("listening", Scene.LIMIT);
    return node;
  }
}
