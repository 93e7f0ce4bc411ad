package io.bradawl.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Program;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.scene.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The recipe for containers, without a container: the same small JVM, started with the same words,
 * with native code from where the recipe puts it, serves.
 */
class ContainerIT {

  private final Scene scene = Scene.openWithoutRendezvous();
  private String recipe = "";

  @BeforeEach
  void read() throws IOException {
    recipe =
        Files.readString(Artifacts.rendezvous().resolve("../../deploy/Containerfile").normalize());
  }

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @Test
  void aJvmOfTheModulesInTheRecipeServes() {
    succeeds("jlink", link());
    Path natives = scene.directory().resolve("META-INF/native");
    succeeds(
        "jar", List.of(tool("jar"), "xf", Artifacts.rendezvous().toString(), "META-INF/native"));
    assertThat(natives).isDirectoryContaining("glob:**epoll*.so");

    List<String> server = words("ENTRYPOINT");
    server.addAll(List.of("--http", "8080", "--access-log", "-"));
    server.add(1, "-Djava.io.tmpdir=/nowhere");
    Program rendezvous = scene.start(scene.rendezvousHost(), "rendezvous", server);
    rendezvous.await("listening on udp and tcp .* \\(epoll\\)", Scene.LIMIT);

    List<String> health = words("CMD");
    health.addAll(List.of("--http", "8080"));
    succeeds("health", health);
    rendezvous.terminate();
    assertThat(rendezvous.awaitExit(Scene.LIMIT)).isZero();
  }

  private List<String> link() {
    Matcher modules = Pattern.compile("--add-modules (\\S+)").matcher(recipe);
    assertThat(modules.find()).isTrue();
    String output = scene.directory().resolve("java").toString();
    return List.of(
        tool("jlink"), "--add-modules", modules.group(1), "--strip-debug", "--output", output);
  }

  /** The words of an instruction in its JSON form, with the paths of this scene. */
  private List<String> words(String instruction) {
    Matcher form = Pattern.compile(instruction + " \\[(.*?)]", Pattern.DOTALL).matcher(recipe);
    assertThat(form.find()).as(instruction).isTrue();
    List<String> words = new ArrayList<>();
    Matcher word = Pattern.compile("\"(.*?)\"").matcher(form.group(1));
    while (word.find()) {
      words.add(here(word.group(1)));
    }
    return words;
  }

  private String here(String word) {
    return word.replace("/opt/bradawl/bradawl-rendezvous.jar", Artifacts.rendezvous().toString())
        .replace("/opt/bradawl/native", scene.directory().resolve("META-INF/native").toString())
        .replace("/opt/java", scene.directory().resolve("java").toString());
  }

  private static String tool(String name) {
    return Jdk.current().home().resolve("bin").resolve(name).toString();
  }

  private void succeeds(String label, List<String> command) {
    scene.succeeds(scene.start(scene.rendezvousHost(), label, command));
  }
}
