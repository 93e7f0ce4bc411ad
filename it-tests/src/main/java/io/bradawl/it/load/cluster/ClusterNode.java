package io.bradawl.it.load.cluster;

import io.bradawl.it.lab.Program;
import io.bradawl.it.load.measure.Usage;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** One of several rendezvous servers that share a Redis. */
final class ClusterNode implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int PORT = 3478;
  private static final int HTTP = 8080;

  private final String host;
  private final Program program;

  private ClusterNode(String host, Program program) {
    this.host = host;
    this.program = program;
  }

  static ClusterNode start(int number, int redis, Path directory) throws IOException {
    String host = "127.0.1." + number;
    JavaCommand command =
        JavaCommand.ofJar(
                Jdk.current(),
                Artifacts.rendezvous(),
                "--listen=" + host + ":" + PORT,
                "--cluster=redis://127.0.0.1:" + redis,
                "--http=" + host + ":" + HTTP,
                "--max-connections-per-source=1000000",
                "--max-joins-per-source=1000000")
            .options("-Xms320m", "-Xmx320m", "-XX:+AlwaysPreTouch");
    Program program = Program.start("node " + number, command.words(), Map.of(), directory);
    program.await("the cluster at .* is there", LIMIT);
    return new ClusterNode(host, program);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(host, PORT);
  }

  Usage usage() {
    return new Usage(program.pid());
  }

  /** Of its own metrics. */
  long metric(String name) {
    try (var in = URI.create("http://" + host + ":" + HTTP + "/metrics").toURL().openStream()) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length())))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no metric " + name));
    } catch (IOException e) {
      throw new UncheckedIOException("no metrics of " + program, e);
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
