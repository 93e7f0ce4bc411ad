package io.bradawl.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.apps.CoapGet;
import io.bradawl.it.apps.CoapSensor;
import io.bradawl.it.lab.Nat;
import io.bradawl.it.lab.NatBox;
import io.bradawl.it.lab.Program;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.scene.Scene;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Eclipse Californium, a CoAP server behind one NAT and a client behind another. */
class CoapIT {
  private final Scene scene = Scene.openWithoutRendezvous();
  private final NatBox serverNat = scene.natBox("server-nat", Nat.PORT_RESTRICTED);
  private final NatBox clientNat = scene.natBox("client-nat", Nat.PORT_RESTRICTED);

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @ParameterizedTest
  @MethodSource("io.bradawl.it.scene.Scene#jdkPairs")
  void clientGetsResourcesByName(Jdk serverJdk, Jdk clientJdk) {
    scene.startRendezvous("--relay", "off"); // which might win, and be heard of here
    Program server =
        scene.start(scene.peer(serverNat.host("sensor")), californium(serverJdk, CoapSensor.class));
    server.await("listening", Scene.LIMIT);
    server.await(Scene.REGISTERED, Scene.LIMIT);
    String uri = "coap://sensor.peer:5683/";
    Program client =
        scene.start(
            scene.peer(clientNat.host("web")),
            californium(clientJdk, CoapGet.class, "0", uri + "temperature", uri + "log"));

    scene.succeeds(client);
    assertThat(client.output()).contains("21.5 C").contains("6500 octets");
    client.await("path up peer=sensor proto=udp kind=direct", Scene.LIMIT);
    server.await("path up peer=web proto=udp kind=direct", Scene.LIMIT);
    assertThat(scene.observer().between(serverNat.outside(), clientNat.outside(), "udp").bytes())
        .isGreaterThan(6_500);
    assertThat(scene.throughRendezvous(serverNat).bytes()).isLessThan(10_000);
  }

  private static JavaCommand californium(Jdk jdk, Class<?> main, String... arguments) {
    return JavaCommand.of(jdk, Artifacts.californium(), main.getName(), arguments);
  }
}
