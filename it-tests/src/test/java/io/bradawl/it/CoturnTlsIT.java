package io.bradawl.it;

import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_AND_PORT_DEPENDENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.NatBox;
import io.bradawl.it.lab.Program;
import io.bradawl.it.probe.Ask;
import io.bradawl.it.probe.Echo;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.run.TlsFiles;
import io.bradawl.it.scene.Scene;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Networks that let nothing out but port 443, an existing coturn there that speaks TLS, and a
 * rendezvous that does not relay.
 */
class CoturnTlsIT {
  private static final int PORT = 9000;
  private static final int ROUNDS = 5;
  private static final String ONLY_443 = "tcp dport 443 accept; iifname \"lan\" drop";
  private static final NatBehaviour SYMMETRIC =
      NatBehaviour.nat(ADDRESS_AND_PORT_DEPENDENT, ADDRESS_AND_PORT_DEPENDENT);

  private final Scene scene = Scene.openWithoutRendezvous();
  private final Host relay = scene.publicHost("relay");
  private Path trusted;
  private String turn;

  @BeforeEach
  void startServers() throws IOException {
    TlsFiles ofRendezvous = certificate("rendezvous", scene.rendezvousHost());
    TlsFiles ofCoturn = certificate("coturn", relay);
    trusted =
        Files.writeString(
            scene.directory().resolve("trusted.pem"),
            Files.readString(ofRendezvous.certificate())
                + Files.readString(ofCoturn.certificate()));
    scene.startRendezvous(ofRendezvous.options("--relay=off"));
    turn = scene.startCoturn(relay, ofCoturn);
  }

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp", "tcp"})
  void port443IsEnough(String protocol) {
    NatBox serverNat = scene.natBox("server-nat", SYMMETRIC);
    NatBox clientNat = scene.natBox("client-nat", SYMMETRIC);
    serverNat.restrict(ONLY_443);
    clientNat.restrict(ONLY_443);
    String port = String.valueOf(PORT);
    Program echo = start(serverNat.host("server"), Echo.class, port);
    echo.await("echo on port", Scene.LIMIT);
    echo.await(Scene.REGISTERED, Scene.LIMIT);

    Program ask =
        start(
            clientNat.host("client"),
            Ask.class,
            protocol,
            "server.peer",
            port,
            String.valueOf(ROUNDS));

    scene.succeeds(ask);
    assertThat(ask.output()).as(scene.transcript()).doesNotContain("failed");
    assertThat(ask.lines()).filteredOn(line -> line.contains("answered in")).hasSize(ROUNDS);
    assertThat(ask.output())
        .as(scene.transcript())
        .contains("path up peer=server proto=" + protocol + " kind=relayed");
    assertThat(throughCoturn(serverNat) + throughCoturn(clientNat))
        .as(scene.transcript())
        .isGreaterThan(2 * ROUNDS);
  }

  private Program start(Host host, Class<?> main, String... arguments) {
    JavaCommand command = Scene.program(Jdk.current(), main, arguments);
    return scene.start(
        scene.peer(host),
        command
            .agent("turn", turn)
            .agent("turn.user", Scene.TURN_USER)
            .agent("turn.password", Scene.TURN_PASSWORD)
            .agent("tls.trust", trusted.toString()));
  }

  private TlsFiles certificate(String name, Host host) throws IOException {
    Path directory = Files.createDirectory(scene.directory().resolve(name));
    return TlsFiles.make(directory, host.address());
  }

  private long throughCoturn(NatBox box) {
    return scene.observer().between(box.outside(), relay.address(), "tcp").packets();
  }
}
