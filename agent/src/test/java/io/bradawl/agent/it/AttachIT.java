package io.bradawl.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent comes to an application that is running already. */
class AttachIT {

  static List<Path> homes() {
    return Jdks.homes();
  }

  @ParameterizedTest
  @MethodSource("homes")
  void makesLaterSocketsReusable(Path home) throws Exception {
    Process app =
        new AgentJvm(home).option("-XX:+EnableDynamicAgentLoading").start(Listen.class, "0");
    try (BufferedReader out = app.inputReader()) {
      // Whoever attaches while a JVM starts up may be met by half of it.
      assertThat(out.readLine()).isEqualTo(Listen.READY);
      VirtualMachine jvm = VirtualMachine.attach(Long.toString(app.pid()));
      jvm.loadAgent(AgentJvm.AGENT.toString(), "reuse=on");
      jvm.detach();
      app.getOutputStream().write('\n');
      app.getOutputStream().flush();
      assertThat(SecondBind.succeeds(Integer.parseInt(out.readLine()))).isTrue();
      assertThat(app.isAlive()).isTrue();
    } finally {
      app.destroy();
      app.waitFor();
    }
  }
}
