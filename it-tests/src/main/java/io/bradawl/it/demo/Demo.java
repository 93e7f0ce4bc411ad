package io.bradawl.it.demo;

import io.bradawl.it.apps.CoapGet;
import io.bradawl.it.apps.CoapSensor;
import io.bradawl.it.lab.LabException;
import io.bradawl.it.lab.Launcher;
import io.bradawl.it.lab.Program;
import io.bradawl.it.probe.FirstByte;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.run.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs the unmodified applications, shows what was asked and what came back, and by which path. */
public final class Demo implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final int LONG = 270;
  private static final Pattern PATH = Pattern.compile("path (up|moved)");
  private static final String SQL =
      "create table orders(id int primary key, item varchar);"
          + " insert into orders values (1, 'bradawl'), (2, 'gimlet'), (3, 'awl');"
          + " select * from orders";
  private static final String LONG_ANSWER = "select repeat('direct ', 30000) as answer";

  /** Two protocol versions that H2 does not speak: it answers at once with an error. */
  private static final String H2_GREETING = "0000000100000001";

  private final Stage stage;
  private final Path directory;
  private final Jdk jdk = Jdk.current();
  private final Deque<Program> programs = new ArrayDeque<>();

  private Demo(Stage stage, Path directory) {
    this.stage = stage;
    this.directory = directory;
  }

  /**
   * Argument: {@code --loopback} to do without NATs. The exit status is 0 only if everything came
   * back right.
   */
  public static void main(String[] args) throws Exception {
    boolean loopback = List.of(args).contains("--loopback");
    Path directory = Files.createTempDirectory("bradawl-demo");
    boolean success;
    try (Stage stage = Stage.open(loopback);
        Demo demo = new Demo(stage, directory)) {
      success = demo.run();
    } finally {
      delete(directory);
    }
    System.exit(success ? 0 : 1);
  }

  private boolean run() throws IOException {
    say("The stage");
    System.out.print(stage.description());
    start("rendezvous", stage.rendezvous(), JavaCommand.ofJar(jdk, Artifacts.rendezvous()))
        .await("listening|3478", LIMIT);
    boolean tcp = succeeds(this::database);
    boolean udp = succeeds(this::sensor);
    return verdict(tcp, udp);
  }

  /** One of the two parts; a part that hangs must not keep the other from running. */
  private static boolean succeeds(Part part) throws IOException {
    try {
      return part.run();
    } catch (LabException e) {
      indent("FAILED: " + e.getMessage());
      return false;
    }
  }

  private boolean database() throws IOException {
    say("TCP: the H2 database, server behind one NAT, shell behind the other");
    Program server =
        startPeer("db", stage.db(), h2("Server", "-tcp", "-tcpAllowOthers", "-ifNotExists"));
    server.await("TCP server running", LIMIT);
    server.await("registered at", LIMIT);
    Program shell = startPeer("web", stage.web(), shell(SQL));
    boolean answered = shell.awaitExit(LIMIT) == 0 && shell.output().contains("gimlet");
    show(shell);
    Program longAnswer = startPeer("web", stage.web(), shell(LONG_ANSWER));
    answered &= longAnswer.awaitExit(LIMIT) == 0 && longAnswer.output().contains("direct direct");
    Program probe =
        startPeer(
            "web", stage.web(), program(FirstByte.class, "db.peer", "9092", H2_GREETING, "3"));
    answered &= probe.awaitExit(LIMIT) == 0;
    show(probe);
    showPaths(server);
    return answered;
  }

  private boolean sensor() throws IOException {
    say("UDP: Eclipse Californium, CoAP server behind one NAT, client behind the other");
    Program server = startPeer("sensor", stage.sensor(), californium(CoapSensor.class));
    server.await("listening on port 5683", LIMIT);
    server.await("registered at", LIMIT);
    String uri = "coap://sensor.peer:5683/";
    Program client = startPeer("web", stage.web(), californium(CoapGet.class, readings(uri)));
    boolean answered = client.awaitExit(LIMIT) == 0 && client.output().contains("21.5 C");
    show(client);
    showPaths(server);
    return answered;
  }

  /** Long enough for a path that begins on the relay to become a direct one. */
  private static String[] readings(String uri) {
    List<String> arguments = new ArrayList<>(List.of("400", uri + "temperature"));
    arguments.addAll(Collections.nCopies(8, uri + "log"));
    return arguments.toArray(String[]::new);
  }

  private boolean verdict(boolean tcp, boolean udp) {
    boolean direct = true;
    if (stage.evidence().isPresent()) {
      Evidence evidence = stage.evidence().get();
      say("What the network between them saw");
      evidence.report().forEach(Demo::indent);
      direct =
          evidence.direct("tcp").bytes() > 210_000
              && evidence.direct("udp").bytes() > 20_000
              && evidence.throughRendezvous().bytes() < 150_000;
    }
    say(
        "Verdict: TCP %s, UDP %s%s"
            .formatted(
                tcp ? "works" : "FAILED",
                udp ? "works" : "FAILED",
                stage.evidence().isEmpty()
                    ? ""
                    : direct ? ", data went directly" : ", data did NOT go directly"));
    return tcp && udp && direct;
  }

  private JavaCommand h2(String tool, String... arguments) {
    return JavaCommand.of(jdk, Artifacts.h2(), "org.h2.tools." + tool, arguments);
  }

  private JavaCommand shell(String sql) {
    return h2(
        "Shell",
        "-url",
        "jdbc:h2:tcp://db.peer:9092/mem:demo",
        "-user",
        "sa",
        "-password",
        "",
        "-sql",
        sql);
  }

  private JavaCommand program(Class<?> main, String... arguments) {
    return JavaCommand.of(jdk, Artifacts.programs(), main.getName(), arguments);
  }

  private JavaCommand californium(Class<?> main, String... arguments) {
    return JavaCommand.of(jdk, Artifacts.californium(), main.getName(), arguments);
  }

  private Program startPeer(String name, Launcher launcher, JavaCommand command)
      throws IOException {
    List<String> asked = command.program();
    indent(
        name
            + "$ java -javaagent:bradawl-agent.jar -Dbradawl.name="
            + name
            + " ... "
            + String.join(" ", asked.subList(2, asked.size())));
    Peer peer = new Peer(name, stage.rendezvousAddress() + ":3478", launcher, directory);
    return keep(peer.start(command));
  }

  private Program start(String label, Launcher launcher, JavaCommand command) throws IOException {
    return keep(launcher.start(label, command.words(), Map.of(), directory));
  }

  private Program keep(Program program) {
    programs.push(program);
    return program;
  }

  /** What the application said and by which path; not the rest of the agent's log. */
  private static void show(Program program) {
    program.lines().stream()
        .filter(line -> !line.contains(" bradawl ") || PATH.matcher(line).find())
        .forEach(Demo::indent);
  }

  private static void showPaths(Program server) {
    server.lines().stream().filter(line -> PATH.matcher(line).find()).forEach(Demo::indent);
  }

  private static void indent(String line) {
    System.out.println(
        line.length() > LONG ? "  " + line.substring(0, LONG) + " ..." : "  " + line);
  }

  private static void say(String text) {
    System.out.println("\n== " + text);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.delete(file);
      }
    }
  }

  private interface Part {
    boolean run() throws IOException;
  }

  @Override
  public void close() {
    programs.forEach(Program::close);
  }
}
