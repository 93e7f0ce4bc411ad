package io.bradawl.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Program;
import io.bradawl.it.probe.Backlog;
import io.bradawl.it.probe.SteadyLoad;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.scene.Scene;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A new process of an unmodified server takes over the port before the old one is stopped. */
class RestartIT {
  private static final int PORT = 8082;
  private static final int QUEUED = 20;

  private final Scene scene = Scene.openWithoutRendezvous();
  private final Host server = scene.publicHost("server");
  private final Host visitor = scene.publicHost("visitor");

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void noConnectionIsRefusedUnderSteadyLoad(int feature) {
    Jdk jdk = Jdk.find(feature);
    Program old = startWebServer(jdk, "old");
    Program load =
        scene.start(
            visitor,
            "load",
            Scene.program(jdk, SteadyLoad.class, server.address(), String.valueOf(PORT)));
    load.await("load is steady", Scene.LIMIT);

    Program successor = startWebServer(jdk, "new");
    old.terminate();
    old.awaitExit(Scene.LIMIT);
    load.feed("\n");

    scene.succeeds(load);
    System.out.println("restart on JDK " + feature + " under load: " + load.lines());
    assertThat(load.output()).contains("answered=").doesNotContain("refused=", "other=");
    successor.await(
        "port " + PORT + " is also listened on by process " + old.pid() + " ", Scene.LIMIT);
  }

  private Program startWebServer(Jdk jdk, String label) {
    JavaCommand command =
        JavaCommand.of(
                jdk,
                Artifacts.h2(),
                "org.h2.tools.Server",
                "-web",
                "-webAllowOthers",
                "-webPort",
                String.valueOf(PORT))
            .agent("reuse", "on");
    Program program = scene.start(server, label, command);
    program.await("Web Console server running", Scene.LIMIT);
    return program;
  }

  @ParameterizedTest
  @CsvSource({"0, lost", "1, greeted"})
  void connectionsNotYetAcceptedDieUnlessTheKernelMigratesThem(String migrate, String fate) {
    server.sysctl("net/ipv4/tcp_migrate_req", migrate);
    Program old = backlog(server, "old", "idle");
    Program waiting =
        scene.start(
            visitor,
            "waiting",
            Scene.program(
                Jdk.current(),
                Backlog.class,
                "wait",
                server.address(),
                String.valueOf(PORT),
                String.valueOf(QUEUED)));
    waiting.await("connected " + QUEUED, Scene.LIMIT);

    backlog(server, "new", "serve");
    old.terminate();
    old.awaitExit(Scene.LIMIT);

    scene.succeeds(waiting);
    assertThat(waiting.lines()).filteredOn(line -> line.startsWith(fate)).hasSize(QUEUED);
  }

  @Test
  void withoutTheAgentTheSecondProcessFails() {
    Program old = scene.start(server, "old", idle());
    old.await("listening", Scene.LIMIT);

    Program second = scene.start(server, "second", idle());

    assertThat(second.awaitExit(Scene.LIMIT)).isNotZero();
    assertThat(second.output()).contains("Address already in use");
  }

  private Program backlog(Host host, String label, String mode) {
    JavaCommand command =
        Scene.program(Jdk.current(), Backlog.class, mode, String.valueOf(PORT))
            .agent("reuse", "on");
    Program program = scene.start(host, label, command);
    program.await("listening", Scene.LIMIT);
    return program;
  }

  private static JavaCommand idle() {
    return Scene.program(Jdk.current(), Backlog.class, "idle", String.valueOf(PORT));
  }
}
