package io.bradawl.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the packaged agent does with secrets. */
class SecretsIT {

  private static final String SECRET = "hush-0123456789-abcdefghijklmnopqrstuvwxyz-x";

  @TempDir Path directory;

  static List<Path> homes() {
    return Jdks.homes();
  }

  @ParameterizedTest
  @MethodSource("homes")
  void theApplicationDoesNotFindTheSecretAmongItsProperties(Path home) throws Exception {
    AgentJvm.Ended app =
        new AgentJvm(home)
            .option("-Dbradawl.secret=" + SECRET)
            .agent("log.level=trace")
            .run(ShowProperties.class);
    assertThat(app.out()).contains("application has run").doesNotContain("hush");
    assertThat(app.err()).contains("bradawl.secret.file").doesNotContain("hush");
  }

  @ParameterizedTest
  @MethodSource("homes")
  void aBadSecretIsNotRepeated(Path home) throws Exception {
    AgentJvm.Ended app =
        new AgentJvm(home)
            .option("-Dbradawl.secret=hush")
            .agent("onerror=continue")
            .run(ShowProperties.class);
    assertThat(app.out()).contains("application has run").doesNotContain("hush");
    assertThat(app.err()).contains("bradawl.secret (system property)").doesNotContain("hush");
  }

  @ParameterizedTest
  @MethodSource("homes")
  void theKeyFileIsMadeBeforeTheApplicationStarts(Path home) throws Exception {
    Path key = directory.resolve("key");
    AgentJvm.Ended app = new AgentJvm(home).agent("identity=" + key).run(ShowProperties.class);
    assertThat(app.status()).isZero();
    assertThat(permissions(key)).isEqualTo("rw-------");
  }

  @ParameterizedTest
  @MethodSource("homes")
  void nothingStartsWithAKeyThatOthersCanRead(Path home) throws Exception {
    Path key = directory.resolve("key");
    new AgentJvm(home).agent("identity=" + key).run(ShowProperties.class);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    AgentJvm.Ended app = new AgentJvm(home).agent("identity=" + key).run(ShowProperties.class);
    assertThat(app.status()).isEqualTo(78);
    assertThat(app.out()).isEmpty();
    assertThat(app.err()).contains("bradawl.identity=" + key, "chmod 600 " + key);
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
