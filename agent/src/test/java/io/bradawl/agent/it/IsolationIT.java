package io.bradawl.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent's libraries and the application's, in other versions, in one JVM. */
class IsolationIT {

  /** With a rendezvous to be reached, the agent uses its Netty as well. */
  private static final String BUSY = "reuse=on,rendezvous=127.0.0.1:9,log.level=error";

  @TempDir Path folder;

  static List<Path> homes() {
    return Jdks.homes();
  }

  /** What an application with libraries of its own has done. */
  private record Run(List<String> out, String err, boolean shared) {}

  @ParameterizedTest
  @MethodSource("homes")
  void theApplicationWorksWithItsOwnVersions(Path home) throws Exception {
    Run alone = run(new AgentJvm(home));
    Run both = run(new AgentJvm(home).agent(BUSY));
    assertThat(both.out()).isEqualTo(alone.out());
    assertThat(both.out()).contains("generated class", "echoed 42");
    assertThat(both.out()).anyMatch(line -> line.contains("Channel of netty-transport-4.1."));
    assertThat(both.out()).anyMatch(line -> line.contains("Logger of slf4j-api-1.7."));
    assertThat(both.out()).anyMatch(line -> line.contains("ByteBuddy of byte-buddy-1.17."));
    assertThat(both.err()).contains("[main] INFO own - logged").isEqualTo(alone.err());
    assertThat(alone.shared()).isFalse();
    assertThat(both.shared()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("homes")
  void theApplicationDoesNotFindThoseOfTheAgent(Path home) throws Exception {
    AgentJvm.Ended app = new AgentJvm(home).agent(BUSY).run(HiddenLibraries.class);
    assertThat(app.err()).isEmpty();
    assertThat(app.out().lines()).containsExactly("services null", "context app");
  }

  /** The agent's SLF4J has a provider, which is the agent's. */
  @ParameterizedTest
  @MethodSource("homes")
  void anSlf4jOfTheApplicationDoesNotFindTheAgentsProvider(Path home) throws Exception {
    AgentJvm jvm = new AgentJvm(home).libraries(jars("slf4j")).agent(BUSY);
    AgentJvm.Ended app = jvm.run(HiddenLibraries.class);
    assertThat(app.err()).isEmpty();
    assertThat(app.out()).contains("app finds org.slf4j.spi.SLF4JServiceProvider", "providers 0");
  }

  private Run run(AgentJvm jvm) throws Exception {
    Path err = Files.createTempFile(folder, "err", null);
    Process app =
        new ProcessBuilder(jvm.libraries(jars("older")).command(OwnLibraries.class))
            .redirectError(err.toFile())
            .start();
    try (BufferedReader out = app.inputReader()) {
      List<String> lines = new ArrayList<>();
      String line = line(out, err);
      while (!line.matches("\\d+")) {
        lines.add(line);
        line = line(out, err);
      }
      boolean shared = SecondBind.succeeds(Integer.parseInt(line));
      return new Run(lines, Files.readString(err), shared);
    } finally {
      app.destroy();
      app.waitFor();
    }
  }

  private static String line(BufferedReader out, Path err) throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the application has ended: " + Files.readString(err));
    }
    return line;
  }

  /** The jars that the build has put into this folder. */
  private static String jars(String folder) {
    return Path.of("target/libraries", folder, "*").toAbsolutePath().toString();
  }
}
