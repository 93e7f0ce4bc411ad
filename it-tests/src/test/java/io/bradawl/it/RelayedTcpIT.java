package io.bradawl.it;

import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_AND_PORT_DEPENDENT;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ENDPOINT_INDEPENDENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.NatBox;
import io.bradawl.it.lab.Program;
import io.bradawl.it.probe.Backlog;
import io.bradawl.it.probe.Brim;
import io.bradawl.it.probe.Echo;
import io.bradawl.it.probe.Hold;
import io.bradawl.it.probe.Pour;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.run.TlsFiles;
import io.bradawl.it.scene.Scene;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers between which TCP finds no direct way: everything goes through the relay. */
class RelayedTcpIT {
  private static final int PORT = 9000;
  private static final int PIECES = 400;

  private static final NatBehaviour SYMMETRIC =
      NatBehaviour.nat(ADDRESS_AND_PORT_DEPENDENT, ADDRESS_AND_PORT_DEPENDENT);
  private static final NatBehaviour STRICT =
      NatBehaviour.nat(ENDPOINT_INDEPENDENT, ADDRESS_AND_PORT_DEPENDENT).withoutSimultaneousOpen();

  /** What the most guarded networks let out. */
  private static final String ONLY_443 = "tcp dport 443 accept; iifname \"lan\" drop";

  private static final String SQL =
      "create table orders(id int primary key, item varchar);"
          + " insert into orders values (1, 'bradawl'), (2, 'gimlet');"
          + " select item from orders order by id;"
          + " select repeat('x', 500000) as long_answer";

  private final Scene scene = Scene.openWithoutRendezvous();

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @ParameterizedTest
  @MethodSource("io.bradawl.it.scene.Scene#jdkPairs")
  void aDatabaseIsReachedBetweenSymmetricNats(Jdk serverJdk, Jdk clientJdk) {
    scene.startRendezvous();
    NatBox serverNat = scene.natBox("server-nat", SYMMETRIC);
    NatBox clientNat = scene.natBox("client-nat", SYMMETRIC);
    Program server =
        scene.start(
            scene.peer(serverNat.host("db")),
            h2(serverJdk, "Server", "-tcp", "-tcpAllowOthers", "-ifNotExists"));
    server.await("TCP server running", Scene.LIMIT);
    server.await(Scene.REGISTERED, Scene.LIMIT);
    String url = "jdbc:h2:tcp://db.peer:9092/mem:test";
    Program shell =
        scene.start(
            scene.peer(clientNat.host("web")),
            h2(clientJdk, "Shell", "-url", url, "-user", "sa", "-password", "", "-sql", SQL));

    scene.succeeds(shell);
    assertThat(shell.output()).contains("bradawl", "gimlet");
    assertRelayed(server, shell);
    assertThat(scene.throughRendezvous(serverNat).bytes()).isGreaterThan(500_000);
    assertThat(scene.throughRendezvous(clientNat).bytes()).isGreaterThan(500_000);
    assertThat(scene.observer().between(serverNat.outside(), clientNat.outside(), "tcp").bytes())
        .isLessThan(20_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"encrypted", "authenticated"})
  void streamsEndAndBreakAsDirectOnesDo(String security) {
    scene.startRendezvous();
    NatBox serverNat = scene.natBox("server-nat", SYMMETRIC);
    NatBox clientNat = scene.natBox("client-nat", SYMMETRIC);
    pours(serverNat, clientNat, command -> command.agent("tcp.security", security));
  }

  /** Though there can be but one connection between two given ports. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void connectionsStandSideBySide(boolean guarded) {
    TlsFiles tls = TlsFiles.make(scene.directory(), scene.rendezvousHost().address());
    scene.startRendezvous(tls.options());
    NatBox serverNat = scene.natBox("server-nat", SYMMETRIC);
    NatBox clientNat = scene.natBox("client-nat", SYMMETRIC);
    if (guarded) {
      serverNat.restrict(ONLY_443);
      clientNat.restrict(ONLY_443);
    }
    String trusted = tls.certificate().toString();
    JavaCommand serve = Scene.program(Jdk.current(), Echo.class, String.valueOf(PORT));
    Program echo =
        scene.start(scene.peer(serverNat.host("server")), serve.agent("tls.trust", trusted));
    echo.await(Scene.REGISTERED, Scene.LIMIT);
    JavaCommand hold =
        Scene.program(Jdk.current(), Hold.class, "server.peer", String.valueOf(PORT), "3");
    Program holding =
        scene.start(scene.peer(clientNat.host("client")), hold.agent("tls.trust", trusted));
    holding.await("all 3 connected", Scene.LIMIT);
    echo.await("tcp from client.peer", 3, Scene.LIMIT);
    holding.feed("enough\n");

    scene.succeeds(holding);
    assertThat(echo.lines()).filteredOn(line -> line.contains("tcp from client.peer")).hasSize(3);
    assertRelayed(echo, holding);
  }

  @Test
  void natsThatRefuseSimultaneousOpenAreNoObstacle() {
    scene.startRendezvous();
    NatBox serverNat = scene.natBox("server-nat", STRICT);
    NatBox clientNat = scene.natBox("client-nat", STRICT);
    pours(serverNat, clientNat, command -> command);
  }

  @ParameterizedTest
  @CsvSource({
    "encrypted, true, true",
    "authenticated, true, true",
    "encrypted, true, false",
    "encrypted, false, true"
  })
  void port443ToTheRendezvousIsEnough(
      String security, boolean serverGuarded, boolean clientGuarded) {
    TlsFiles tls = TlsFiles.make(scene.directory(), scene.rendezvousHost().address());
    scene.startRendezvous(tls.options());
    NatBox serverNat = scene.natBox("server-nat", SYMMETRIC);
    NatBox clientNat = scene.natBox("client-nat", SYMMETRIC);
    if (serverGuarded) {
      serverNat.restrict(ONLY_443);
    }
    if (clientGuarded) {
      clientNat.restrict(ONLY_443);
    }
    pours(
        serverNat,
        clientNat,
        command ->
            command
                .agent("tcp.security", security)
                .agent("tls.trust", tls.certificate().toString()));
  }

  /** coturn ends both directions when one is ended, which encrypted streams get along with. */
  @Test
  void coturnRelaysToo() {
    scene.startRendezvous("--relay", "off");
    String turn = scene.startCoturn(scene.publicHost("coturn"));
    NatBox serverNat = scene.natBox("server-nat", SYMMETRIC);
    NatBox clientNat = scene.natBox("client-nat", SYMMETRIC);
    pours(serverNat, clientNat, command -> byTurn(command, turn));
  }

  /**
   * coturn never reads one of its two sides again once both have been full, which encrypted streams
   * therefore see to.
   */
  @Test
  void coturnGoesOnAfterBothDirectionsWereFull() {
    scene.startRendezvous("--relay", "off");
    String turn = scene.startCoturn(scene.publicHost("coturn"));
    NatBox serverNat = scene.natBox("server-nat", SYMMETRIC);
    NatBox clientNat = scene.natBox("client-nat", SYMMETRIC);
    JavaCommand serve = Scene.program(Jdk.current(), Brim.class, String.valueOf(PORT));
    Program server = scene.start(scene.peer(serverNat.host("server")), byTurn(serve, turn));
    server.await(Scene.REGISTERED, Scene.LIMIT);
    JavaCommand connect =
        Scene.program(Jdk.current(), Brim.class, "server.peer", String.valueOf(PORT));
    Program client = scene.start(scene.peer(clientNat.host("client")), byTurn(connect, turn));
    server.await("full after", Scene.LIMIT);
    client.await("full after", Scene.LIMIT);

    client.feed("go\n");
    client.await("quiet", Scene.LIMIT);
    server.feed("go\n");

    scene.succeeds(client);
    scene.succeeds(server);
    assertThat(client.output()).as(scene.transcript()).contains("all 40000000 octets came");
    assertThat(server.output()).as(scene.transcript()).contains("all 40000000 octets came");
    assertRelayed(server, client);
  }

  private static JavaCommand byTurn(JavaCommand command, String turn) {
    return command
        .agent("turn", turn)
        .agent("turn.user", Scene.TURN_USER)
        .agent("turn.password", Scene.TURN_PASSWORD);
  }

  /** From one port of the server to one relayed address there can be but one connection. */
  @Test
  void aProcessHasSeveralRelayedConnectionsToOnePortAtOnce() {
    scene.startRendezvous();
    NatBox serverNat = scene.natBox("server-nat", SYMMETRIC);
    NatBox clientNat = scene.natBox("client-nat", SYMMETRIC);
    String port = String.valueOf(PORT);
    Program server =
        scene.start(
            scene.peer(serverNat.host("server")),
            Scene.program(Jdk.current(), Backlog.class, "idle", port));
    server.await(Scene.REGISTERED, Scene.LIMIT);

    Program client =
        scene.start(
            scene.peer(clientNat.host("client")),
            Scene.program(Jdk.current(), Backlog.class, "wait", "server.peer", port, "3"));

    client.await("connected 3", Scene.LIMIT);
    assertRelayed(server, client);
  }

  private void pours(NatBox serverNat, NatBox clientNat, Settings settings) {
    JavaCommand echo = Scene.program(Jdk.current(), Echo.class, String.valueOf(PORT));
    Program server = scene.start(scene.peer(serverNat.host("server")), settings.of(echo));
    server.await(Scene.REGISTERED, Scene.LIMIT);
    JavaCommand pour =
        Scene.program(
            Jdk.current(),
            Pour.class,
            "server.peer",
            String.valueOf(PORT),
            String.valueOf(PIECES),
            "reset");
    Program client = scene.start(scene.peer(clientNat.host("client")), settings.of(pour));

    scene.succeeds(client);
    assertThat(client.output())
        .as(scene.transcript())
        .contains("connected to server.peer/240.0.0.1:" + PORT)
        .contains("poured " + PIECES * 50_000 + " octets, all came back, then the end");
    server.await("tcp from client.peer/240", Scene.LIMIT);
    server.await("stream ended: java.net.SocketException: Connection reset", Scene.LIMIT);
    assertRelayed(server, client);
  }

  private static void assertRelayed(Program server, Program client) {
    String line = "path up peer=\\S+ proto=tcp kind=relayed local=\\S+ remote=\\S+ setup=\\d+ms";
    server.await(line, Scene.LIMIT);
    client.await(line, Scene.LIMIT);
  }

  /** By itself its client gives a connect no more than two seconds. */
  private static JavaCommand h2(Jdk jdk, String tool, String... arguments) {
    return JavaCommand.of(jdk, Artifacts.h2(), "org.h2.tools." + tool, arguments)
        .options("-Dh2.socketConnectTimeout=20000");
  }

  private interface Settings {
    JavaCommand of(JavaCommand command);
  }
}
