package io.bradawl.it.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Lab;
import io.bradawl.it.lab.Program;
import io.bradawl.it.lab.userspace.Line;
import io.bradawl.it.matrix.Situation.Pair;
import io.bradawl.it.probe.Echo;
import io.bradawl.it.probe.FirstByte;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Peers that have no IP version in common, and so need a relay that both know of, while it is long
 * in coming: the TURN servers that are to be asked first are silent.
 */
class LateRelayIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String PORT = "9000";

  /** Documentation addresses of both IP versions, which nothing in the laboratory answers at. */
  private static final String SILENT =
      "turn:[2001:db8::1]:3478?transport=tcp,turn:192.0.2.1:3478?transport=tcp,"
          + "turn:[2001:db8::2]:3478?transport=tcp,turn:192.0.2.2:3478?transport=tcp";

  @TempDir private Path directory;
  private final List<Program> programs = new ArrayList<>();
  private Lab lab;

  @BeforeEach
  void open() {
    lab = Addressing.BOTH.open();
  }

  @AfterEach
  void close() throws IOException {
    programs.forEach(Program::close);
    lab.close();
  }

  @Test
  void whoConnectsFromIpv6OnlyOffersAgain() throws IOException {
    reached("only IPv4 x only IPv6", true);
  }

  @Test
  void whoServesOnIpv6OnlyAnswersWhenItHasOne() throws IOException {
    reached("only IPv6 x only IPv4", false);
  }

  private void reached(String situation, boolean clientWaits) throws IOException {
    Line line = Line.of(Duration.ofMillis(10));
    Host rendezvous = lab.userspaceBox("rdv-line", null, line).host("rendezvous");
    Meeting meeting = new Meeting(rendezvous, Addressing.BOTH, directory);
    Pair pair = Situations.named(situation).scenery().build(lab, line);
    keep(meeting.open(Jdk.current()));
    JavaCommand serve = program(Echo.class, PORT);
    Program server =
        keep(meeting.attend("server", pair.server(), clientWaits ? serve : withSilent(serve)));
    server.await("registered at ", LIMIT);

    JavaCommand ask = program(FirstByte.class, "server.peer", PORT, "62726164", "1");
    Program client =
        keep(meeting.attend("client", pair.client(), clientWaits ? withSilent(ask) : ask));

    client.await("first byte after|Exception", LIMIT);
    assertThat(client.output())
        .as(client.output() + "\n--- server\n" + server.output())
        .contains("first byte after")
        .contains("kind=relayed");
  }

  private static JavaCommand withSilent(JavaCommand command) {
    return command.agent("turn", SILENT).agent("turn.user", "u").agent("turn.password", "p");
  }

  private static JavaCommand program(Class<?> main, String... arguments) {
    return JavaCommand.of(Jdk.current(), Artifacts.programs(), main.getName(), arguments);
  }

  private Program keep(Program program) {
    programs.add(program);
    return program;
  }
}
