package io.bradawl.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Program;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.scene.Scene;
import io.bradawl.it.scene.StandardServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The TURN client of coturn, {@code turnutils_uclient}, is relayed as by coturn itself. */
@Execution(ExecutionMode.CONCURRENT)
class TurnInteropIT {
  private static final int MESSAGES = 20;
  private static final int CLIENTS = 3;
  private static final String PEER_PORT = "3480";
  private static final Pattern TOTAL =
      Pattern.compile("start_mclient: tot_send_msgs=(\\d+), tot_recv_msgs=(\\d+)\n");

  private final StandardServer server = StandardServer.open();
  private final Host client = server.lab().publicHost("client");
  private final Host peer = server.lab().publicHost("peer");

  @BeforeEach
  void echo() {
    server.run(peer, "echo", "turnutils_peer", "-L", peer.address(), "-p", PEER_PORT);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private static Stream<List<String>> modes() {
    return Stream.of(List.of(), List.of("-s"), List.of("-D"), List.of("-G"), List.of("-X"));
  }

  @ParameterizedTest
  @MethodSource("modes")
  void relaysUdpToAPeer(List<String> mode) {
    start(Jdk.current());

    assertAllComesBack(client(join(mode, "-c", "-e", peer.address(), "-r", PEER_PORT)));
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void relaysPairsOfPorts(int feature) {
    start(Jdk.find(feature));

    assertAllComesBack(client(List.of("-e", peer.address(), "-r", PEER_PORT)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-s"})
  void relaysFromOneAllocationToAnother(String mode) {
    start(Jdk.current());

    assertAllComesBack(client(mode.isEmpty() ? List.of("-y", "-c") : List.of("-y", "-c", mode)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-t", "-T"})
  void relaysUdpAndTcpForClientsOnTcp(String mode) {
    start(Jdk.current());

    assertAllComesBack(client(List.of(mode, "-y", "-c")));
  }

  @ParameterizedTest
  @CsvSource({"-t,17", "-t,25", "-T,17", "-T,25"})
  void relaysUdpAndTcpForClientsOnTls(String mode, int feature) {
    start(Jdk.find(feature), server.withTls());

    assertAllComesBack(
        client(List.of(mode, "-S", "-y", "-c", "-p", String.valueOf(StandardServer.TLS_PORT))));
  }

  @Test
  void takesTimeLimitedCredentialsOfItsSecret() {
    start(
        Jdk.current(),
        "--turn-secret-file",
        server.file("turn.secret", "0123456789abcdef0123456789abcdef").toString());

    assertAllComesBack(
        uclient(List.of("-y", "-c", "-u", "somebody", "-W", "0123456789abcdef0123456789abcdef")));
  }

  @Test
  void refusesWrongPasswordsAndUnknownUsers() {
    start(Jdk.current());
    for (List<String> credentials :
        List.of(List.of("-u", "alice", "-w", "wrong"), List.of("-u", "eve", "-w", "secret"))) {
      Program refused = run(join(List.of("-y", "-c"), credentials.toArray(String[]::new)));

      assertThat(refused.awaitExit(StandardServer.LIMIT)).isNotZero();
      assertThat(refused.output()).contains("Cannot complete Allocation");
    }
  }

  /** As RFC 8656 section 7.2 wants it of a server that cannot keep packets whole. */
  @Test
  void saysThatItCannotForbidFragments() {
    start(Jdk.current());
    Program refused = run(List.of("-y", "-c", "-g", "-u", "alice", "-w", "secret"));

    assertThat(refused.awaitExit(StandardServer.LIMIT)).isNotZero();
    assertThat(refused.output()).contains("error 420");
  }

  private void start(Jdk jdk, String... more) {
    List<String> options =
        new ArrayList<>(List.of("--users-file", server.file("users", "alice:secret\n").toString()));
    options.addAll(List.of(more));
    server.start(jdk, options.toArray(String[]::new)).await("listening", Scene.LIMIT);
  }

  private String client(List<String> arguments) {
    return uclient(join(arguments, "-u", "alice", "-w", "secret"));
  }

  private String uclient(List<String> arguments) {
    Program program = run(arguments);
    assertThat(program.awaitExit(StandardServer.LIMIT)).as(server.transcript()).isZero();
    return program.output();
  }

  private Program run(List<String> arguments) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "turnutils_uclient",
                "-n",
                String.valueOf(MESSAGES),
                "-m",
                String.valueOf(CLIENTS)));
    words.addAll(arguments);
    words.add(server.address());
    return server.run(client, "uclient", words.toArray(String[]::new));
  }

  private void assertAllComesBack(String said) {
    Matcher total = TOTAL.matcher(said);
    assertThat(total.find()).as(server.transcript()).isTrue();
    assertThat(Integer.parseInt(total.group(1)))
        .as(server.transcript())
        .isGreaterThanOrEqualTo(MESSAGES * CLIENTS);
    assertThat(total.group(2)).as(server.transcript()).isEqualTo(total.group(1));
  }

  private static List<String> join(List<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).toList();
  }
}
