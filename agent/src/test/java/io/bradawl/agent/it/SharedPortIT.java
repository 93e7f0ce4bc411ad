package io.bradawl.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
      String port = portOf(out);
      AgentJvm.Ended second = new AgentJvm(home).agent("").run(Binds.class, port);
      assertThat(second.status()).isZero();
      assertThat(second.err().lines()).hasSize(1);
      assertThat(second.err())
          .contains(" WARN  bradawl  port " + port + " is also listened on by process ")
          .contains("process " + first.pid() + " (")
          .contains(Listen.class.getName());
    } finally {
      end(first);
    }
  }

  @ParameterizedTest
  @MethodSource("homes")
  void bothListenInTheEyesOfTheKernel(Path home) throws Exception {
    Process first = new AgentJvm(home).agent("").start(Listen.class, "0");
    Process second = null;
    try (BufferedReader out = first.inputReader()) {
      begin(first);
      String port = portOf(out);
      second = new AgentJvm(home).agent("log.level=error").start(Listen.class, port);
      begin(second);
      assertThat(portOf(second.inputReader())).isEqualTo(port);
      assertThat(listeners(port)).contains(owner(first), owner(second));
    } finally {
      end(first);
      end(second);
    }
  }

  @ParameterizedTest
  @MethodSource("homes")
  void isSilentAboutItself(Path home) throws Exception {
    AgentJvm.Ended app = new AgentJvm(home).agent("").run(Binds.class, "0");
    assertThat(app.err()).isEmpty();
    assertThat(app.status()).isZero();
  }

  private static String portOf(BufferedReader listen) throws IOException {
    assertThat(listen.readLine()).isEqualTo(Listen.READY);
    return listen.readLine();
  }

  private static void begin(Process app) throws IOException {
    app.getOutputStream().write('\n');
    app.getOutputStream().flush();
  }

  private static void end(@Nullable Process app) throws InterruptedException {
    if (app != null) {
      app.destroy();
      app.waitFor();
    }
  }

  /** What ss says of the listeners on a port. It does not say which of them share it. */
  private static String listeners(String port) throws IOException {
    Process ss = new ProcessBuilder("ss", "-Hltnp", "sport = :" + port).start();
    try (BufferedReader out = ss.inputReader()) {
      return out.lines().collect(Collectors.joining("\n"));
    }
  }

  private static String owner(Process app) {
    return "pid=" + app.pid() + ",";
  }
}
