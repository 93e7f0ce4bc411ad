package io.bradawl.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Nat;
import io.bradawl.it.lab.NatBox;
import io.bradawl.it.lab.Program;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.run.Peer;
import io.bradawl.it.scene.Scene;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The unmodified H2 server behind one NAT and its unmodified shell behind another. */
class DatabaseIT {
  private static final String SQL =
      "create table orders(id int primary key, item varchar);"
          + " insert into orders values (1, 'bradawl'), (2, 'gimlet');"
          + " select item from orders order by id;"
          + " select repeat('x', 500000) as long_answer";

  private final Scene scene = Scene.open();
  private final NatBox serverNat = scene.natBox("server-nat", Nat.PORT_RESTRICTED);
  private final NatBox clientNat = scene.natBox("client-nat", Nat.PORT_RESTRICTED);

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @ParameterizedTest
  @MethodSource("io.bradawl.it.scene.Scene#jdkPairs")
  void shellQueriesServerByName(Jdk serverJdk, Jdk clientJdk) {
    Program server =
        scene.start(
            scene.peer(serverNat.host("db")),
            h2(serverJdk, "Server", "-tcp", "-tcpAllowOthers", "-ifNotExists"));
    server.await("TCP server running", Scene.LIMIT);
    server.await(Scene.REGISTERED, Scene.LIMIT);
    Peer web = scene.peer(clientNat.host("web"));
    String url = "jdbc:h2:tcp://db.peer:9092/mem:test";
    Program shell =
        scene.start(
            web, h2(clientJdk, "Shell", "-url", url, "-user", "sa", "-password", "", "-sql", SQL));

    scene.succeeds(shell);
    assertThat(shell.output()).contains("bradawl", "gimlet");
    shell.await(
        "path up peer=db proto=tcp kind=direct local=\\S+ remote=\\S+ setup=\\d+ms", Scene.LIMIT);
    server.await(
        "path up peer=web proto=tcp kind=direct local=\\S+ remote=\\S+ setup=\\d+ms", Scene.LIMIT);
    dataWentDirectly();
  }

  private void dataWentDirectly() {
    assertThat(scene.observer().between(serverNat.outside(), clientNat.outside(), "tcp").bytes())
        .isGreaterThan(500_000);
    assertThat(scene.throughRendezvous(serverNat).plus(scene.throughRendezvous(clientNat)).bytes())
        .isLessThan(50_000);
  }

  /** By itself its client gives a connect no more than two seconds. */
  private static JavaCommand h2(Jdk jdk, String tool, String... arguments) {
    return JavaCommand.of(jdk, Artifacts.h2(), "org.h2.tools." + tool, arguments)
        .options("-Dh2.socketConnectTimeout=20000");
  }
}
