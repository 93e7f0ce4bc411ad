package io.bradawl.it.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Lab;
import io.bradawl.it.lab.Program;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.run.ServerCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A rendezvous as seen by programs that know nothing of Bradawl and speak STUN or TURN. */
public final class StandardServer implements AutoCloseable {
  /** Third-party tools wait for many an answer that a NAT keeps from them. */
  public static final Duration LIMIT = Duration.ofSeconds(90);

  public static final int PORT = 3478;
  public static final int OTHER_PORT = 3479;
  public static final int TLS_PORT = 5349;

  private final Lab lab = Lab.open();
  private final Host host = lab.publicHost("rendezvous");
  private final Path directory;
  private final Deque<Program> programs = new ArrayDeque<>();

  private StandardServer() throws IOException {
    directory = Files.createTempDirectory("bradawl-standard");
  }

  /** Not started yet. */
  public static StandardServer open() {
    try {
      return new StandardServer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it with further options and waits until it listens. */
  public Program start(Jdk jdk, String... options) {
    List<String> all = new ArrayList<>(List.of("--listen", address() + ":" + PORT));
    all.addAll(List.of(options));
    Program server =
        run(
            host,
            "rendezvous",
            JavaCommand.ofJar(jdk, Artifacts.rendezvous(), all.toArray(String[]::new))
                .options(Scene.SHORT_LIVED)
                .words()
                .toArray(String[]::new));
    server.await("listening", Scene.LIMIT);
    return server;
  }

  /** Options for behaviour discovery, after giving the machine a second address. */
  public String[] withSecondAddress() {
    host.shell("ip addr add " + otherAddress() + "/24 dev eth0");
    return new String[] {"--alternate-address", otherAddress() + ":" + OTHER_PORT};
  }

  /** Options for TLS with a fresh certificate. */
  public String[] withTls() {
    try {
      ServerCertificate certificate = ServerCertificate.make(directory, address());
      return new String[] {
        "--tls-listen",
        address() + ":" + TLS_PORT,
        "--tls-certificate",
        certificate.chain().toString(),
        "--tls-key",
        certificate.key().toString()
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file with that text, gone when this is closed. */
  public Path file(String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Lab lab() {
    return lab;
  }

  public String address() {
    return host.address();
  }

  /** The machine's second address, once it has it. */
  public String otherAddress() {
    String first = host.address();
    return first.substring(0, first.lastIndexOf('.')) + ".9";
  }

  /** Starts a program. */
  public Program run(Host where, String label, String... words) {
    try {
      Program program = where.start(label, List.of(words), Map.of(), directory);
      programs.push(program);
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException(
          words[0] + " is missing; it-tests/test-all installs what the tests need", e);
    }
  }

  /** Runs a third-party tool to its end, which must be a good one, and returns what it said. */
  public String tool(Host where, String... words) {
    Program tool = run(where, words[0], words);
    assertThat(tool.awaitExit(LIMIT)).as(transcript()).isZero();
    return tool.output();
  }

  /** The output of everything that was started. */
  public String transcript() {
    StringBuilder text = new StringBuilder();
    programs
        .descendingIterator()
        .forEachRemaining(
            program -> text.append("--- " + program + "\n" + program.output() + "\n"));
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    programs.forEach(Program::close);
    lab.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.delete(file);
      }
    }
  }
}
