package io.bradawl.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings from every source reach the packaged agent, and its jar explains them. */
class SettingsIT {

  private static final int EXIT_CONFIG = 78;

  static List<Path> homes() {
    return Jdks.homes();
  }

  @ParameterizedTest
  @MethodSource("homes")
  void readsTheEnvironment(Path home) throws Exception {
    AgentJvm jvm = new AgentJvm(home).agent("").environment("BRADAWL_ENABLED", "false");
    assertThat(jvm.run(WovenClasses.class).out()).contains("bridge false true");
  }

  @ParameterizedTest
  @MethodSource("homes")
  void readsAFile(Path home, @TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("bradawl.properties"), "enabled = false\n");
    AgentJvm jvm = new AgentJvm(home).agent("").option("-Dbradawl.config=" + file);
    assertThat(jvm.run(WovenClasses.class).out()).contains("bridge false true");
  }

  @ParameterizedTest
  @MethodSource("homes")
  void refusesUnknownProperties(Path home) throws Exception {
    AgentJvm.Ended app =
        new AgentJvm(home).agent("").option("-Dbradawl.resue=on").run(WovenClasses.class);
    assertThat(app.status()).isEqualTo(EXIT_CONFIG);
    assertThat(app.err()).contains("bradawl.resue").contains("did you mean bradawl.reuse?");
    assertThat(app.out()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("homes")
  void explainsItself(Path home) throws Exception {
    AgentJvm.Ended help = new AgentJvm(home).runJar("--help");
    assertThat(help.status()).isZero();
    assertThat(help.out()).contains("bradawl.rendezvous", "bradawl.reuse.ports", "bradawl.onerror");
    assertThat(new AgentJvm(home).runJar("version").out()).startsWith("bradawl ");
    assertThat(new AgentJvm(home).runJar("nonsense").status()).isEqualTo(64);
  }
}
