package io.bradawl.it.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Lab;
import io.bradawl.it.lab.LabException;
import io.bradawl.it.lab.Nat;
import io.bradawl.it.lab.NatBox;
import io.bradawl.it.lab.Observer;
import io.bradawl.it.lab.Program;
import io.bradawl.it.lab.Traffic;
import io.bradawl.it.lab.Unsolicited;
import io.bradawl.it.lab.Wiretap;
import io.bradawl.it.lab.userspace.Line;
import io.bradawl.it.probe.Ask;
import io.bradawl.it.probe.Echo;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.run.Peer;
import io.bradawl.it.run.TlsFiles;
import io.bradawl.protocol.sim.nat.NatBehaviour;
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
import org.junit.jupiter.params.provider.Arguments;

/**
 * A laboratory with a rendezvous; closes all that it started, and shows its output if the test asks
 * for it.
 */
public final class Scene implements AutoCloseable {
  /** Long enough for the slowest machine; nothing that works takes a tenth of it. */
  public static final Duration LIMIT = Duration.ofSeconds(40);

  /** The agent's log line from which on others find the peer. */
  public static final String REGISTERED = "registered at ";

  /** Of {@link #startCoturn}. */
  public static final String TURN_USER = "relay-user";

  /** Of {@link #startCoturn}. */
  public static final String TURN_PASSWORD = "relay-password";

  /**
   * For JVMs that say little and end soon: they are not worth the second compiler, which takes half
   * of their time. What carries much, or runs long, has both, as users do.
   */
  static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

  private final Lab lab = Lab.open();
  private final Host rendezvousHost = lab.publicHost("rendezvous");
  private final Path directory;
  private final Deque<Program> programs = new ArrayDeque<>();

  private Scene() throws IOException {
    directory = Files.createTempDirectory("bradawl-scene");
  }

  /** With the rendezvous running. */
  public static Scene open() {
    Scene scene = openWithoutRendezvous();
    scene.startRendezvous();
    return scene;
  }

  /** The rendezvous is not started yet. */
  public static Scene openWithoutRendezvous() {
    try {
      return new Scene();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the rendezvous with these options and waits until it listens. */
  public Program startRendezvous(String... options) {
    JavaCommand command = JavaCommand.ofJar(Jdk.current(), Artifacts.rendezvous(), options);
    Program rendezvous = start(rendezvousHost, "rendezvous", command.options(SHORT_LIVED));
    rendezvous.await("listening", LIMIT);
    return rendezvous;
  }

  /** The host of the rendezvous. */
  public Host rendezvousHost() {
    return rendezvousHost;
  }

  /** Starts a coturn on port 3478 that answers anybody's Binding requests. */
  public Program coturn(Host host) {
    try {
      Program coturn =
          keep(
              host.start(
                  "coturn",
                  List.of(
                      "turnserver",
                      "-n",
                      "--stun-only",
                      "--no-cli",
                      "--no-tls",
                      "--no-dtls",
                      "--log-file=stdout",
                      "--pidfile=" + directory.resolve("coturn.pid"),
                      "--listening-ip=" + host.address()),
                  Map.of(),
                  directory));
      coturn.await("Total General servers", LIMIT);
      return coturn;
    } catch (IOException e) {
      throw new UncheckedIOException("coturn is missing (Debian: apt-get install coturn)", e);
    }
  }

  /** Adds a NAT box that drops what is unsolicited. */
  public NatBox natBox(String name, Nat nat) {
    return lab.natBox(name, nat, Unsolicited.DROP);
  }

  /** Adds a NAT box that behaves as told, without delay. */
  public NatBox natBox(String name, NatBehaviour behaviour) {
    return lab.userspaceBox(name, behaviour, Line.of(Duration.ZERO));
  }

  /** Adds a NAT box. */
  public NatBox natBox(String name, Nat nat, Unsolicited unsolicited) {
    return lab.natBox(name, nat, unsolicited);
  }

  /** Adds a host with a public address. */
  public Host publicHost(String name) {
    return lab.publicHost(name);
  }

  /** A host as peer of its own name. */
  public Peer peer(Host host) {
    return peer(host, host.name());
  }

  /** A host as peer of that name. */
  public Peer peer(Host host, String name) {
    return new Peer(name, rendezvousHost.address() + ":3478", host, directory);
  }

  /** Counts what crosses the public segment. */
  public Observer observer() {
    return lab.observer();
  }

  /**
   * Starts a coturn that relays TCP and UDP for {@link #TURN_USER}.
   *
   * @return the URI to reach it by, over TCP
   */
  public String startCoturn(Host host) {
    startCoturn(host, "--no-tls", "--no-dtls");
    return "turn:" + host.address() + ":3478?transport=tcp";
  }

  /**
   * The same, with TLS on port 443.
   *
   * @return the URI to reach it by, over TLS
   */
  public String startCoturn(Host host, TlsFiles tls) {
    startCoturn(
        host, "--tls-listening-port=443", "--cert=" + tls.certificate(), "--pkey=" + tls.key());
    return "turns:" + host.address() + ":443";
  }

  private void startCoturn(Host host, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "turnserver",
                "-n",
                "--lt-cred-mech",
                "--user=" + TURN_USER + ":" + TURN_PASSWORD,
                "--realm=example.org",
                "--no-cli",
                "--log-file=stdout",
                "--pidfile=" + directory.resolve("coturn.pid"),
                "--listening-ip=" + host.address(),
                "--relay-ip=" + host.address()));
    words.addAll(List.of(more));
    start(host, "coturn", words).await("Total General servers", LIMIT);
  }

  /** Reads along on the public segment; looks for these texts. */
  public Wiretap wiretap(String... texts) {
    return lab.wiretap(texts);
  }

  /** What a box exchanged with the rendezvous. */
  public Traffic throughRendezvous(NatBox box) {
    Observer observer = lab.observer();
    return observer
        .between(box.outside(), rendezvousHost.address(), "tcp")
        .plus(observer.between(box.outside(), rendezvousHost.address(), "udp"));
  }

  /** Starts a program with the agent. */
  public Program start(Peer peer, JavaCommand command) {
    try {
      return keep(peer.start(command));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a program without the agent. */
  public Program start(Host host, String label, JavaCommand command) {
    try {
      return keep(host.start(label, command.words(), Map.of(), directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a command. */
  public Program start(Host host, String label, List<String> command) {
    try {
      return keep(host.start(label, command, Map.of(), directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where programs run, and leave files; deleted in the end. */
  public Path directory() {
    return directory;
  }

  private Program keep(Program program) {
    programs.push(program);
    return program;
  }

  /** Starts an {@link Echo} and waits until it listens and others can find it. */
  public Program echo(Peer peer, Jdk jdk, int port) {
    Program echo = start(peer, program(jdk, Echo.class, String.valueOf(port)).options(SHORT_LIVED));
    echo.await("echo on port", LIMIT);
    echo.await(REGISTERED, LIMIT);
    return echo;
  }

  /** Starts an {@link Ask}. */
  public Program ask(Peer peer, Jdk jdk, String protocol, String host, int port, int rounds) {
    return start(
        peer,
        program(jdk, Ask.class, protocol, host, String.valueOf(port), String.valueOf(rounds))
            .options(SHORT_LIVED));
  }

  /** Waits for the program's end and fails, with everybody's output, unless it is a good one. */
  public void succeeds(Program program) {
    try {
      assertThat(program.awaitExit(LIMIT)).as(transcript()).isZero();
    } catch (LabException late) {
      throw new AssertionError(transcript(), late);
    }
  }

  /** One of this module's programs. */
  public static JavaCommand program(Jdk jdk, Class<?> main, String... arguments) {
    return JavaCommand.of(jdk, Artifacts.programs(), main.getName(), arguments);
  }

  /** The output of everything that was started, for messages of failed assertions. */
  public String transcript() {
    StringBuilder text = new StringBuilder();
    programs
        .descendingIterator()
        .forEachRemaining(
            program ->
                text.append("--- ")
                    .append(program)
                    .append('\n')
                    .append(program.output())
                    .append('\n'));
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

  /** The pairs of JDKs on which client and server are to be tested: server first. */
  public static Stream<Arguments> jdkPairs() {
    return Stream.of(List.of(17, 25), List.of(25, 17))
        .map(pair -> Arguments.of(Jdk.find(pair.get(0)), Jdk.find(pair.get(1))));
  }
}
