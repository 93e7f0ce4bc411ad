package io.bradawl.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whether a second process, this one, which has no agent, can bind what the application has bound.
 */
class SocketReuseIT {

  private static final int APIS = 8;

  static List<Path> homes() {
    return Jdks.homes();
  }

  @ParameterizedTest
  @MethodSource("homes")
  void letsASecondProcessBindThePortsOfEveryApi(Path home) throws Exception {
    assertThat(secondBinds(home, "reuse=on")).hasSize(APIS).doesNotContainValue(false);
  }

  /** Of effect in Java 17 only. */
  @ParameterizedTest
  @MethodSource("homes")
  void coversTheSocketsOfBeforeJava13(Path home) throws Exception {
    AgentJvm jvm = new AgentJvm(home).option("-Djdk.net.usePlainSocketImpl=true");
    assertThat(secondBinds(jvm.agent("reuse=on"))).hasSize(APIS).doesNotContainValue(false);
  }

  @ParameterizedTest
  @MethodSource("homes")
  void letsNobodyBindThemOtherwise(Path home) throws Exception {
    assertThat(secondBinds(home, "reuse=off")).hasSize(APIS).doesNotContainValue(true);
    assertThat(secondBinds(home, "reuse=lazy")).hasSize(APIS).doesNotContainValue(true);
    assertThat(secondBinds(home, "reuse=on,reuse.ports=1")).hasSize(APIS).doesNotContainValue(true);
  }

  private static Map<String, Boolean> secondBinds(Path home, String arguments) throws Exception {
    return secondBinds(new AgentJvm(home).agent(arguments));
  }

  private static Map<String, Boolean> secondBinds(AgentJvm jvm) throws Exception {
    Process app = jvm.start(TcpApis.class);
    try (BufferedReader ports = app.inputReader()) {
      Map<String, Boolean> bound = new TreeMap<>();
      for (int i = 0; i < APIS; i++) {
        String[] line = ports.readLine().split(" ", -1);
        bound.put(line[0], SecondBind.succeeds(Integer.parseInt(line[1])));
      }
      return bound;
    } finally {
      app.destroy();
      app.waitFor();
    }
  }
}
