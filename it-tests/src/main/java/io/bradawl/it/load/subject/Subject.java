package io.bradawl.it.load.subject;

import io.bradawl.it.lab.Program;
import io.bradawl.it.load.crowd.Echo;
import io.bradawl.it.load.measure.Memory;
import io.bradawl.it.load.measure.Usage;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A server under load, on processors of its own. */
public final class Subject implements AutoCloseable {

  /** Of the account that every server knows. */
  public static final String USER = "load";

  public static final String PASSWORD = "load";

  /** The only address that relays may reach. */
  public static final String PEER = "127.0.0.2";

  private static final String HOST = "127.0.0.1";
  private static final int MANY = 1_000_000;
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private final String name;
  private final int port;
  private final Program program;

  private Subject(String name, int port, Program program) {
    this.name = name;
    this.port = port;
    this.program = program;
  }

  /** Our server. Its limits are lifted, for here all peers come from one address. */
  public static Subject bradawl(Cores cores, Path directory, String... options) throws IOException {
    Path users = Files.writeString(directory.resolve("users"), USER + ":" + PASSWORD + "\n");
    JavaCommand command =
        JavaCommand.ofJar(
                Jdk.current(),
                Artifacts.rendezvous(),
                "--listen=" + HOST + ":3478",
                "--relay-ip=" + HOST,
                "--relay-allow=" + PEER,
                "--relay-ports=10000-65535",
                "--users-file=" + users,
                "--max-allocations-per-user=" + MANY,
                "--max-allocations-per-source=" + MANY,
                "--max-connections=" + MANY,
                "--max-connections-per-source=" + MANY,
                "--max-joins-per-source=" + MANY,
                "--max-offers-per-peer=" + MANY)
            .options(options);
    return start("bradawl", 3478, cores, command.words(), "listening", directory);
  }

  /** The same rules, the same number of threads. */
  public static Subject coturn(Cores cores, Path directory) throws IOException {
    Path config = directory.resolve("turnserver.conf");
    List<String> lines =
        List.of(
            "listening-ip=" + HOST,
            "listening-port=3480",
            "relay-ip=" + HOST,
            "relay-threads=" + cores.count(),
            "min-port=10000",
            "max-port=65535",
            "lt-cred-mech",
            "realm=load",
            "user=" + USER + ":" + PASSWORD,
            "userdb=" + directory.resolve("turndb"),
            "pidfile=" + directory.resolve("turnserver.pid"),
            "allow-loopback-peers",
            "allowed-peer-ip=" + PEER,
            "no-tls",
            "no-dtls",
            "no-cli",
            "no-software-attribute",
            "log-file=stdout",
            "simple-log");
    Files.write(config, lines);
    List<String> command = List.of("turnserver", "-c", config.toString());
    return start("coturn", 3480, cores, command, "SQLite DB connection success", directory);
  }

  /** What does nothing but return each datagram. */
  public static Subject echo(Cores cores, Path directory) throws IOException {
    JavaCommand command = Own.program(Echo.class, "3482");
    return start("echo", 3482, cores, command.words(), "listening", directory);
  }

  private static Subject start(
      String name, int port, Cores cores, List<String> command, String ready, Path directory)
      throws IOException {
    Program program = Program.start(name, cores.pin(command), Map.of(), directory);
    program.await(ready, LIMIT);
    return new Subject(name, port, program);
  }

  /** As it is named in what is printed. */
  public String name() {
    return name;
  }

  /** Whether a JVM runs it that can be asked for its heap. */
  public boolean isJava() {
    return name.equals("bradawl");
  }

  /** Where it listens, on UDP and TCP. */
  public InetSocketAddress address() {
    return new InetSocketAddress(HOST, port);
  }

  /** What its process uses. */
  public Usage usage() {
    return new Usage(program.pid());
  }

  /** What it keeps in memory now. */
  public Memory memory() throws IOException {
    return isJava() ? Memory.ofJava(usage()) : Memory.of(usage());
  }

  @Override
  public void close() {
    program.close();
  }
}
