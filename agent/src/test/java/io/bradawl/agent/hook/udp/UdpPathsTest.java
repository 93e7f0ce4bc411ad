package io.bradawl.agent.hook.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.signal.Security;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which Java sends and receives datagrams, each in a JVM of its own. */
@Execution(ExecutionMode.CONCURRENT)
class UdpPathsTest {

  private static final long PATIENCE_SECONDS = 120;

  @TempDir static Path folder;

  @BeforeAll
  static void makeAgent() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", UdpTestAgent.class.getName());
    manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
    new JarOutputStream(Files.newOutputStream(agent()), manifest).close();
  }

  @ParameterizedTest
  @EnumSource
  void passes(UdpScenario scenario) throws Exception {
    run(scenario, Security.ENCRYPTED);
  }

  @ParameterizedTest
  @MethodSource("basic")
  void passesOnIpv4Only(UdpScenario scenario) throws Exception {
    run(scenario, Security.ENCRYPTED, "-Djava.net.preferIPv4Stack=true");
  }

  @ParameterizedTest
  @EnumSource(names = {"DATAGRAM_SOCKET", "CONNECTED_CHANNEL", "SCATTER_GATHER", "UNREAD_SOCKET"})
  void passesWithoutEncryption(UdpScenario scenario) throws Exception {
    run(scenario, Security.AUTHENTICATED);
  }

  static Stream<UdpScenario> basic() {
    return Stream.of(
        UdpScenario.DATAGRAM_SOCKET, UdpScenario.CONNECTED_CHANNEL, UdpScenario.UNREAD_SOCKET);
  }

  private static void run(UdpScenario scenario, Security security, String... options)
      throws Exception {
    Path output = Files.createTempFile(folder, "output", ".txt");
    Process process =
        new ProcessBuilder(command(scenario, security, options))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended && process.exitValue() == 0).as(Files.readString(output)).isTrue();
  }

  private static List<String> command(UdpScenario scenario, Security security, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-javaagent:" + agent() + "=" + security.name().toLowerCase(Locale.ROOT));
    command.addAll(
        List.of(
            "--patch-module",
            "java.base=" + Path.of("bridge", "target", "classes").toAbsolutePath()));
    command.addAll(List.of("--add-exports", "java.base/sun.nio.ch=ALL-UNNAMED"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(UdpScenario.class.getName(), scenario.name()));
    return command;
  }

  private static Path agent() {
    return folder.resolve("agent.jar");
  }
}
