package io.bradawl.it.matrix;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Lab;
import io.bradawl.it.lab.LabException;
import io.bradawl.it.lab.Program;
import io.bradawl.it.lab.userspace.Line;
import io.bradawl.it.matrix.Situation.Pair;
import io.bradawl.it.matrix.Situation.Reach;
import io.bradawl.it.probe.Echo;
import io.bradawl.it.probe.Journey;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One situation with all its processes. The clients of both protocols are started together, and
 * travel one after the other.
 */
final class Trial implements AutoCloseable {
  /** One way from a peer to the middle, and from there to the rendezvous. */
  private static final Duration QUARTER = Duration.ofMillis(10);

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String PORT = "9000";
  private static final int ROUNDS = 6;

  /** A direct round trip takes 40 ms, one by the relay twice as long. */
  private static final String DIRECT_MILLIS = "60";

  /** How many ms to wait for a direct path: where there should be one, and where there may be. */
  private static final int SURE = 5000;

  private static final int UNSURE = 300;
  private static final int UNSURE_AT_LAST = 3000;

  private final Lab lab;
  private final Pair pair;
  private final Meeting meeting;
  private final Situation situation;
  private final List<Program> programs = new ArrayList<>();

  Trial(Situation situation, Path directory) {
    this.situation = situation;
    lab = situation.addressing().open();
    Line line = Line.of(QUARTER);
    meeting =
        new Meeting(
            lab.userspaceBox("rdv-line", null, line).host("rendezvous"),
            situation.addressing(),
            directory);
    pair = situation.scenery().build(lab, line);
    situation.addressing().limit(pair);
  }

  /** Runs it all. */
  Outcome.Both run(Jdk jdk) throws IOException {
    keep(meeting.open(jdk));
    Program echo = keep(meeting.attend("server", pair.server(), program(jdk, Echo.class, PORT)));
    Program tcp = client(jdk, "tcp", situation.tcp());
    Program udp = client(jdk, "udp", situation.udp());
    for (Host bystander : pair.bystanders()) {
      List<String> plain = program(jdk, Echo.class, PORT).words();
      keep(bystander.start("bystander", plain, Map.of(), Path.of("/")))
          .await("echo on port", LIMIT);
    }
    echo.await("echo on port", LIMIT);
    for (Program each : List.of(echo, tcp, udp)) {
      each.await("registered at ", LIMIT);
    }
    return new Outcome.Both(travel(tcp, "tcp"), travel(udp, "udp"));
  }

  private Program client(Jdk jdk, String protocol, Reach reach) throws IOException {
    int patience = reach == Reach.DIRECT ? SURE : UNSURE;
    int atLast = reach == Reach.OPEN && protocol.equals("udp") ? UNSURE_AT_LAST : patience;
    JavaCommand journey =
        program(
            jdk,
            Journey.class,
            protocol,
            "server.peer",
            PORT,
            String.valueOf(ROUNDS),
            DIRECT_MILLIS,
            String.valueOf(patience),
            String.valueOf(atLast));
    return keep(meeting.attend(protocol + "-client", pair.client(), journey));
  }

  private Outcome travel(Program client, String protocol) throws IOException {
    try {
      say(client);
      client.await("^ready", LIMIT.plusMillis((long) SURE * ROUNDS));
      long before = relayed(protocol);
      say(client);
      boolean whole = Integer.parseInt(carried(client)) > Journey.VOLUME / 2;
      boolean direct = relayed(protocol) - before < Journey.VOLUME / 2;
      return Outcome.of(client.lines(), whole, direct);
    } catch (LabException e) {
      return Outcome.FAILED;
    } finally {
      client.close();
    }
  }

  private static String carried(Program client) {
    return client.await("carried (\\d+)", LIMIT).group(1);
  }

  private static void say(Program client) throws IOException {
    OutputStream input = client.input();
    input.write('\n');
    input.flush();
  }

  /** How many octets have reached the server from the relay. */
  private long relayed(String protocol) {
    return pair.server().received().flows().entrySet().stream()
        .filter(entry -> meeting.relays(entry.getKey(), protocol))
        .mapToLong(entry -> entry.getValue().bytes())
        .sum();
  }

  private static JavaCommand program(Jdk jdk, Class<?> main, String... arguments) {
    return JavaCommand.of(jdk, Artifacts.programs(), main.getName(), arguments);
  }

  private Program keep(Program program) {
    programs.add(program);
    return program;
  }

  /** What everybody said. */
  String transcript() {
    StringBuilder text = new StringBuilder();
    programs.forEach(
        program ->
            text.append("--- ").append(program).append('\n').append(program.output()).append('\n'));
    return text.toString();
  }

  /** Nobody is asked to end politely: that takes time, and nobody looks. */
  @Override
  public void close() {
    lab.close();
    programs.forEach(Program::close);
  }
}
