package io.bradawl.it.matrix;

import io.bradawl.it.lab.Flow;
import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Lab;
import io.bradawl.it.lab.LabException;
import io.bradawl.it.lab.Program;
import io.bradawl.it.lab.userspace.Line;
import io.bradawl.it.matrix.Situation.Pair;
import io.bradawl.it.probe.Echo;
import io.bradawl.it.probe.Journey;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.run.Peer;
import io.bradawl.it.run.TlsFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One situation with all its processes, both protocols one after the other. */
final class Trial implements AutoCloseable {
  /** One way from a peer to the middle, and from there to the rendezvous. */
  private static final Duration QUARTER = Duration.ofMillis(10);

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String PORT = "9000";
  private static final int ROUNDS = 6;

  /** A direct round trip takes 40 ms, one by the relay twice as long. */
  private static final String DIRECT_MILLIS = "60";

  private static final Pattern ROUND = Pattern.compile("round first=(\\S+) direct=(\\S+)");

  private final Lab lab = Lab.open();
  private final Line line = Line.of(QUARTER);
  private final Path directory;
  private final List<Program> programs = new ArrayList<>();
  private final Host rendezvous;
  private final Pair pair;
  private final TlsFiles tls;

  Trial(Situation situation, Path directory) {
    this.directory = directory;
    rendezvous = lab.userspaceBox("rdv-line", null, line).host("rendezvous");
    tls = TlsFiles.make(directory, rendezvous.address());
    pair = situation.scenery().build(lab, line);
  }

  /** Starts the rendezvous and the serving application. */
  void begin(Jdk jdk) throws IOException {
    JavaCommand server = JavaCommand.ofJar(jdk, Artifacts.rendezvous(), tls.options());
    keep(rendezvous.start("rendezvous", server.words(), Map.of(), directory))
        .await("listening", LIMIT);
    Program echo = start("server", pair.server(), program(jdk, Echo.class, PORT));
    echo.await("echo on port", LIMIT);
    echo.await("registered at ", LIMIT);
  }

  Outcome run(Jdk jdk, String protocol, Duration patience) throws IOException {
    JavaCommand journey =
        program(
            jdk,
            Journey.class,
            protocol,
            "server.peer",
            PORT,
            String.valueOf(ROUNDS),
            DIRECT_MILLIS,
            String.valueOf(patience.toMillis()));
    try (Program client = start("client", pair.client(), journey)) {
      client.await("^ready", LIMIT.plus(patience.multipliedBy(ROUNDS)));
      long relayedBefore = relayed(protocol);
      client.feed("go\n");
      boolean whole = client.await("carried (\\d+)", LIMIT).group(1).length() > 5;
      long relayed = relayed(protocol) - relayedBefore;
      return outcome(client, whole, relayed < Journey.VOLUME / 2);
    } catch (LabException e) {
      return Outcome.FAILED;
    }
  }

  /** How much reached the server from the rendezvous, whose host is the relay's too. */
  private long relayed(String protocol) {
    return pair.server().received().flows().entrySet().stream()
        .filter(entry -> isRelayed(entry.getKey(), protocol))
        .mapToLong(entry -> entry.getValue().bytes())
        .sum();
  }

  /** UDP may be carried over TCP to the relay. */
  private boolean isRelayed(Flow flow, String protocol) {
    return flow.from().equals(rendezvous.address())
        && (protocol.equals("udp") || flow.protocol().equals("tcp"));
  }

  private static Outcome outcome(Program client, boolean whole, boolean direct) {
    List<Matcher> rounds =
        client.lines().stream().map(ROUND::matcher).filter(Matcher::find).toList();
    List<Matcher> later = rounds.subList(1, rounds.size());
    return new Outcome(
        whole, direct, millis(rounds.get(0).group(1)), median(later, 1), median(later, 2));
  }

  private static OptionalInt median(List<Matcher> rounds, int group) {
    int[] known =
        rounds.stream()
            .map(r -> millis(r.group(group)))
            .flatMapToInt(OptionalInt::stream)
            .toArray();
    java.util.Arrays.sort(known);
    boolean most = known.length * 2 > rounds.size();
    return most ? OptionalInt.of(known[known.length / 2]) : OptionalInt.empty();
  }

  private static OptionalInt millis(String text) {
    return text.equals("-") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
  }

  private Program start(String name, Host host, JavaCommand command) throws IOException {
    Peer peer = new Peer(name, rendezvous.address() + ":3478", host, directory);
    return keep(peer.start(command.agent("tls.trust", tls.certificate().toString())));
  }

  private static JavaCommand program(Jdk jdk, Class<?> main, String... arguments) {
    return JavaCommand.of(jdk, Artifacts.programs(), main.getName(), arguments);
  }

  private Program keep(Program program) {
    programs.add(program);
    return program;
  }

  /** What everybody said, for a situation in which nobody was reached. */
  String transcript() {
    StringBuilder text = new StringBuilder();
    programs.forEach(
        program ->
            text.append("--- ").append(program).append('\n').append(program.output()).append('\n'));
    return text.toString();
  }

  @Override
  public void close() {
    programs.forEach(Program::close);
    lab.close();
  }
}
