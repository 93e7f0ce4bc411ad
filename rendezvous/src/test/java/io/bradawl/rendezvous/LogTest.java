package io.bradawl.rendezvous;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.rendezvous.cluster.RedisServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The log of a server in a process of its own: loggers can be set up once only. */
@Timeout(120)
class LogTest {

  private Process process;

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  /** Redis' library has loggers, too, and must not make them before options were read. */
  @Test
  void isAsItWasAskedForWithACluster() throws Exception {
    BufferedReader log = start("redis://127.0.0.1:1", "--log-level=error");
    assertThat(linesUntil(log, "Redis"))
        .singleElement()
        .asString()
        .matches("20\\S+T\\S+ ERROR rendezvous - Redis at 127.0.0.1:1 cannot be reached.*");
  }

  @Test
  void tellsOfALostRedisInItsOwnWords() throws Exception {
    try (RedisServer redis = RedisServer.start()) {
      BufferedReader log = start(redis.url());
      linesUntil(log, "is there");
      redis.kill();
      assertThat(linesUntil(log, "does not answer; serving the peers of this node alone"))
          .as("nobody else talks of it")
          .allMatch(line -> line.contains(" rendezvous - "));
    }
  }

  private BufferedReader start(String redis, String... more) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                RendezvousMain.class.getName(),
                "--listen=127.0.0.1:0",
                "--relay=off",
                "--cluster=" + redis));
    words.addAll(List.of(more));
    process = new ProcessBuilder(words).redirectErrorStream(true).start();
    return process.inputReader();
  }

  /** From here to the first with that text, but for what newer JVMs say of native libraries. */
  private static List<String> linesUntil(BufferedReader log, String text) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      if (!line.isBlank() && !line.startsWith("WARNING: ")) {
        lines.add(line);
      }
      if (line.contains(text)) {
        return lines;
      }
    }
    throw new AssertionError("no line with \"" + text + "\" but " + lines);
  }
}
