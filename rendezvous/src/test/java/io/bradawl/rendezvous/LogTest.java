package io.bradawl.rendezvous;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The log of a server in a process of its own: loggers can be set up once only. */
@Timeout(60)
class LogTest {

  /** Its library has loggers, too, and must not make them before options were read. */
  @Test
  void isAsItWasAskedForWithACluster() throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                RendezvousMain.class.getName(),
                "--listen=127.0.0.1:0",
                "--relay=off",
                "--cluster=redis://127.0.0.1:1",
                "--log-level=error")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader log = process.inputReader()) {
      assertThat(log.readLine())
          .matches("20\\S+T\\S+ ERROR rendezvous - Redis at 127.0.0.1:1 cannot be reached.*");
    } finally {
      process.destroyForcibly();
    }
  }
}
