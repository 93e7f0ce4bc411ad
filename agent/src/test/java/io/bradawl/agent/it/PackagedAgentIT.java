package io.bradawl.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PackagedAgentIT {

  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  static List<Path> homes() {
    return Jdks.homes();
  }

  @ParameterizedTest
  @MethodSource("homes")
  void printsNothingAndShowsNothing(Path home) throws Exception {
    AgentJvm.Ended app = new AgentJvm(home).agent("").run(Quiet.class);
    assertThat(app.err()).isEmpty();
    assertThat(app.out()).contains("read 42 true").doesNotContain("AgentStart true");
    assertThat(app.out()).doesNotContain("Type true");
    assertThat(app.status()).isZero();
  }

  /** Neither the agent's libraries nor the bridge make the JVM warn once they are at work. */
  @ParameterizedTest
  @MethodSource("homes")
  void printsNothingWhenAPeerIsLookedUp(Path home, @TempDir Path folder) throws Exception {
    Path secret = Files.createFile(folder.resolve("secret"), PRIVATE);
    Files.writeString(secret, "0123456789-abcdefghijklmnopqrstuvwxyz-0123456");
    AgentJvm.Ended app =
        new AgentJvm(home)
            .agent("rendezvous=127.0.0.1:9,log.level=error,secret.file=" + secret)
            .run(LooksUp.class, "db.peer");
    assertThat(app.err()).isEmpty();
    assertThat(app.out()).contains("db.peer: ", "127.0.0.1:9", "read 42 true");
    assertThat(app.status()).isZero();
  }

  @ParameterizedTest
  @MethodSource("homes")
  void worksUnderFullVerification(Path home) throws Exception {
    AgentJvm.Ended app =
        new AgentJvm(home)
            .option("-XX:+UnlockDiagnosticVMOptions")
            .option("-XX:+BytecodeVerificationLocal")
            .agent("rendezvous=127.0.0.1:9,log.level=error")
            .run(Quiet.class);
    assertThat(app.err()).isEmpty();
    assertThat(app.out()).contains("read 42 true");
  }

  @ParameterizedTest
  @MethodSource("homes")
  void leavesEverythingUntouchedWhenItIsOff(Path home) throws Exception {
    AgentJvm.Ended app = new AgentJvm(home).agent("enabled=false").run(WovenClasses.class);
    assertThat(app.out()).contains("bridge false true");
    AgentJvm.Ended on = new AgentJvm(home).agent("").run(WovenClasses.class);
    assertThat(on.out()).contains("bridge true true");
  }

  @ParameterizedTest
  @MethodSource("homes")
  void endsTheJvmOnABadSetting(Path home) throws Exception {
    AgentJvm.Ended app = new AgentJvm(home).agent("reuse=lasy").run(WovenClasses.class);
    assertThat(app.status()).isEqualTo(78);
    assertThat(app.out()).isEmpty();
    assertThat(app.err()).contains("bradawl.reuse=lasy (agent argument)").contains("lazy");
  }

  @ParameterizedTest
  @MethodSource("homes")
  void goesOnUntouchedIfTold(Path home) throws Exception {
    AgentJvm.Ended app =
        new AgentJvm(home).agent("reuse=lasy,onerror=continue").run(WovenClasses.class);
    assertThat(app.status()).isZero();
    assertThat(app.out()).contains("bridge false true");
    assertThat(app.err()).contains("Going on without Bradawl");
  }
}
