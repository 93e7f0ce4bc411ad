package io.bradawl.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Program;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.scene.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator does to a rendezvous: signals, exit codes, questions after its health. */
class OperationIT {

  private static final int PORT = 9000;
  private static final int SIGTERM_EXIT = 143;

  private final Scene scene = Scene.openWithoutRendezvous();
  private final Host server = scene.publicHost("server");

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @Test
  void stopsAtOnceWhenNobodyIsThere() {
    Program rendezvous = scene.startRendezvous("--drain-seconds", "3600");
    rendezvous.terminate();
    assertThat(rendezvous.awaitExit(Scene.LIMIT)).isZero();
    assertThat(rendezvous.output()).contains("stopping: 0 peers", "stopped");
  }

  @Test
  void drainsOnTheFirstSignal() {
    Program rendezvous = scene.startRendezvous("--http", "8080", "--drain-seconds", "5");
    scene.echo(scene.peer(server), Jdk.current(), PORT);
    assertThat(health("--ready")).isZero();

    rendezvous.terminate();
    rendezvous.await("stopping: 1 peers", Scene.LIMIT);
    assertThat(rendezvous.awaitExit(Scene.LIMIT)).isZero();
    assertThat(rendezvous.output()).contains("drained", "stopped");
  }

  @Test
  void obeysASecondSignalAtOnce() {
    Program rendezvous = scene.startRendezvous("--drain-seconds", "3600");
    scene.echo(scene.peer(server), Jdk.current(), PORT);
    rendezvous.terminate();
    rendezvous.await("stopping", Scene.LIMIT);
    rendezvous.terminate();
    assertThat(rendezvous.awaitExit(Scene.LIMIT)).isEqualTo(SIGTERM_EXIT);
    assertThat(rendezvous.output()).contains("stopping at once: 1 peers");
  }

  @Test
  void opensItsAccessLogAnewOnHangUp() throws Exception {
    Path log = scene.directory().resolve("access.log");
    Path moved = scene.directory().resolve("access.log.1");
    Program rendezvous = scene.startRendezvous("--access-log", log.toString());
    scene.echo(scene.peer(server), Jdk.current(), PORT);
    awaitText(log, "\"event\":\"registered\"");

    Files.move(log, moved);
    new ProcessBuilder("kill", "-HUP", String.valueOf(rendezvous.pid())).start().waitFor();
    rendezvous.await("access log opened again", Scene.LIMIT);
    rendezvous.terminate();
    rendezvous.awaitExit(Scene.LIMIT);
    assertThat(Files.readString(log)).contains("\"event\":\"left\"");
    assertThat(Files.readString(moved)).doesNotContain("\"event\":\"left\"");
  }

  @Test
  void tellsHowItIsByExitCodes() {
    assertThat(health()).as("nobody is there").isEqualTo(1);
    scene.startRendezvous("--http", "8080");
    assertThat(health()).isZero();
    assertThat(health("--ready")).isZero();
    assertThat(run("--max-connections", "none")).isEqualTo(2);
    assertThat(run("--listen", scene.rendezvousHost().address() + ":3478")).isEqualTo(1);
  }

  private int health(String... more) {
    List<String> words = new ArrayList<>(List.of("health", "--http", "8080"));
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  private int run(String... arguments) {
    JavaCommand command = JavaCommand.ofJar(Jdk.current(), Artifacts.rendezvous(), arguments);
    return scene
        .start(scene.rendezvousHost(), String.join(" ", arguments), command)
        .awaitExit(Scene.LIMIT);
  }

  private static void awaitText(Path file, String text) throws Exception {
    long deadline = System.nanoTime() + Scene.LIMIT.toNanos();
    while (!Files.exists(file) || !Files.readString(file).contains(text)) {
      assertThat(System.nanoTime()).as("no " + text).isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
