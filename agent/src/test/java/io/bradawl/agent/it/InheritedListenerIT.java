package io.bradawl.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The application has its listener from the process that started it, which made it without options.
 */
class InheritedListenerIT {

  /** Listens, prints the port, puts the listener where standard input is and becomes the rest. */
  private static final String INETD =
      """
      use Socket;
      socket(my $listener, PF_INET, SOCK_STREAM, 0) or die $!;
      bind($listener, pack_sockaddr_in(0, INADDR_LOOPBACK)) or die $!;
      listen($listener, 16) or die $!;
      $| = 1;
      print((unpack_sockaddr_in(getsockname($listener)))[0], "\\n");
      open(STDIN, "+<&", $listener) or die $!;
      exec(@ARGV) or die $!;
      """;

  static List<Path> homes() {
    return Jdks.homes();
  }

  @ParameterizedTest
  @MethodSource("homes")
  void canBeBoundBySecondProcess(Path home) throws Exception {
    assertThat(secondBind(home, "reuse=on")).isTrue();
  }

  @ParameterizedTest
  @MethodSource("homes")
  void cannotOtherwise(Path home) throws Exception {
    assertThat(secondBind(home, "reuse=off")).isFalse();
    assertThat(secondBind(home, "reuse=on,reuse.ports=1")).isFalse();
  }

  private static boolean secondBind(Path home, String arguments) throws Exception {
    Process app = start(new AgentJvm(home).agent(arguments));
    try (BufferedReader out = app.inputReader()) {
      int port = Integer.parseInt(out.readLine());
      // Connections made before that stay as they are, and would be in the way of a second bind.
      assertThat(out.readLine()).isEqualTo("inherited");
      assertAccepts(port);
      return SecondBind.succeeds(port);
    } finally {
      app.destroy();
      app.waitFor();
    }
  }

  private static Process start(AgentJvm jvm) throws IOException {
    List<String> command = new ArrayList<>(List.of("perl", "-e", INETD));
    command.addAll(jvm.command(Inherits.class));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void assertAccepts(int port) throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }
}
