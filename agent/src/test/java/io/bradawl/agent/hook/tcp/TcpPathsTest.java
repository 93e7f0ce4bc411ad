package io.bradawl.agent.hook.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which Java connects and accepts, in JVMs of their own. */
@Execution(ExecutionMode.CONCURRENT)
class TcpPathsTest {

  private static final long PATIENCE_SECONDS = 120;
  private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

  @TempDir static Path folder;

  @BeforeAll
  static void makeAgent() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", TcpTestAgent.class.getName());
    manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
    new JarOutputStream(Files.newOutputStream(agent()), manifest).close();
  }

  @ParameterizedTest
  @EnumSource
  void passesEncrypted(TcpScenario scenario) throws Exception {
    run(scenario, "lazy-encrypted");
  }

  @ParameterizedTest
  @EnumSource
  void passesAuthenticated(TcpScenario scenario) throws Exception {
    run(scenario, "lazy-authenticated");
  }

  /** Empty on versions of Java that have none. */
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("virtual")
  void passesOnVirtualThreads(TcpScenario scenario) throws Exception {
    run(scenario, "lazy-encrypted", "-Dtest.virtual=true");
  }

  static Stream<TcpScenario> virtual() {
    return Runtime.version().feature() < FIRST_WITH_VIRTUAL_THREADS
        ? Stream.empty()
        : Stream.of(
            TcpScenario.EVERY_WAY_TO_CONNECT,
            TcpScenario.EVERY_WAY_TO_ACCEPT,
            TcpScenario.NOBODY_LISTENS,
            TcpScenario.BULK_DATA_BOTH_WAYS,
            TcpScenario.CLOSE_WHILE_CONNECTING,
            TcpScenario.INTERRUPTED);
  }

  @Test
  void passesOnIpv4Only() throws Exception {
    run(TcpScenario.EVERY_WAY_TO_CONNECT, "lazy-encrypted", "-Djava.net.preferIPv4Stack=true");
  }

  @Test
  void aListenerThatIsNeverSharedIsReachedWhereNoNatIsInBetween() throws Exception {
    run(TcpScenario.EVERY_WAY_TO_ACCEPT, "off-encrypted");
  }

  private static void run(TcpScenario scenario, String settings, String... options)
      throws Exception {
    Path output = Files.createTempFile(folder, "output", ".txt");
    Process process =
        new ProcessBuilder(command(scenario, settings, options))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended && process.exitValue() == 0).as(Files.readString(output)).isTrue();
  }

  private static List<String> command(TcpScenario scenario, String settings, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-javaagent:" + agent() + "=" + settings);
    command.addAll(
        List.of(
            "--patch-module",
            "java.base=" + Path.of("bridge", "target", "classes").toAbsolutePath()));
    command.addAll(List.of("--add-exports", "java.base/sun.nio.ch=ALL-UNNAMED"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(TcpScenario.class.getName(), scenario.name()));
    return command;
  }

  private static Path agent() {
    return folder.resolve("agent.jar");
  }
}
