package io.bradawl.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two processes on one port: the second is told of the first, and of nobody else. */
class SharedPortIT {

  static List<Path> homes() {
    return Jdks.homes();
  }

  @ParameterizedTest
  @MethodSource("homes")
  void warnsOnceAndNamesTheOtherProcess(Path home) throws Exception {
    Process first = new AgentJvm(home).agent("").start(Listen.class, "0");
    try (BufferedReader out = first.inputReader()) {
      begin(first);
      String port = out.readLine();
      AgentJvm.Ended second = new AgentJvm(home).agent("").run(Binds.class, port);
      assertThat(second.status()).isZero();
      assertThat(second.err().lines()).hasSize(1);
      assertThat(second.err())
          .contains(" WARN  bradawl  port " + port + " is also listened on by process ")
          .contains("process " + first.pid() + " (")
          .contains(Listen.class.getName());
    } finally {
      first.destroy();
      first.waitFor();
    }
  }

  @ParameterizedTest
  @MethodSource("homes")
  void isSilentAboutItself(Path home) throws Exception {
    AgentJvm.Ended app = new AgentJvm(home).agent("").run(Binds.class, "0");
    assertThat(app.err()).isEmpty();
    assertThat(app.status()).isZero();
  }

  private static void begin(Process app) throws IOException {
    app.getOutputStream().write('\n');
    app.getOutputStream().flush();
  }
}
