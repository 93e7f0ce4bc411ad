package io.bradawl.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.apps.NettyAsk;
import io.bradawl.it.apps.NettyEcho;
import io.bradawl.it.lab.Nat;
import io.bradawl.it.lab.Program;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.scene.Scene;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Applications on another Netty than the agent's own, NIO transport. */
class NettyIT {
  private static final String PORT = "9001";

  private final Scene scene = Scene.open();

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  static Stream<Arguments> protocolsAndJdks() {
    return Stream.of("tcp", "udp")
        .flatMap(
            protocol ->
                Scene.jdkPairs().map(pair -> Arguments.of(protocol, pair.get()[0], pair.get()[1])));
  }

  @ParameterizedTest
  @MethodSource("protocolsAndJdks")
  void clientGetsItsEcho(String protocol, Jdk serverJdk, Jdk clientJdk) {
    Program server =
        scene.start(
            scene.peer(scene.natBox("server-nat", Nat.PORT_RESTRICTED).host("server")),
            netty(serverJdk, NettyEcho.class, PORT));
    server.await("Netty echo on port", Scene.LIMIT);
    server.await(Scene.REGISTERED, Scene.LIMIT);

    Program client =
        scene.start(
            scene.peer(scene.natBox("client-nat", Nat.PORT_RESTRICTED).host("client")),
            netty(clientJdk, NettyAsk.class, protocol, "server.peer", PORT));

    scene.succeeds(client);
    assertThat(client.output()).contains("answer: hello from Netty");
  }

  private static JavaCommand netty(Jdk jdk, Class<?> main, String... arguments) {
    return JavaCommand.of(jdk, Artifacts.netty(), main.getName(), arguments);
  }
}
