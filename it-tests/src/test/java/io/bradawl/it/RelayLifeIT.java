package io.bradawl.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Nat;
import io.bradawl.it.lab.Program;
import io.bradawl.it.probe.Ask;
import io.bradawl.it.probe.Echo;
import io.bradawl.it.probe.Talk;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.run.Peer;
import io.bradawl.it.scene.Scene;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of traffic through a relay when something happens to the relay. */
@Execution(ExecutionMode.CONCURRENT)
class RelayLifeIT {
  private static final int PORT = 9000;
  private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

  /** The agent says so for each allocation. */
  private static final String ALLOCATED = ".*(relayed address \\S+ at|relay for TCP at) .*";

  private final Scene scene = Scene.openWithoutRendezvous();
  private String servers = scene.rendezvousHost().address() + ":3478";

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp", "tcp"})
  void itOutlivesTheCredential(String protocol) {
    scene.startRendezvous("--credential-seconds", "30", "--silence", "20");
    Program talk = talk(protocol);
    talk.await("allocation at .* renewed, 5 so far", TWO_MINUTES);

    ends(talk);
    assertThat(talk.lines())
        .as(scene.transcript())
        .filteredOn(line -> line.matches(ALLOCATED))
        .hasSize(1);
  }

  @Test
  void datagramsGoOnWhenTheRelayIsStartedAnew() {
    Program first = scene.startRendezvous();
    Program talk = talk("udp");
    kill(first);
    scene.startRendezvous();

    talk.await("udp talks again after", Scene.LIMIT);
    ends(talk);
    assertThat(talk.output()).as(scene.transcript()).doesNotContain("path down");
  }

  @Test
  void datagramsGoOnOverAnotherServer() {
    Program first = scene.startRendezvous();
    Host second = second();
    Program talk = talk("udp");
    startRendezvous(second);
    kill(first);

    talk.await("udp talks again after", Scene.LIMIT);
    ends(talk);
  }

  @Test
  void streamsEndWithTheirRelay() {
    Program first = scene.startRendezvous();
    Host second = second();
    Program talk = talk("tcp");
    startRendezvous(second);
    kill(first);

    assertThat(talk.awaitExit(Scene.LIMIT)).as(scene.transcript()).isNotZero();
    assertThat(talk.output()).containsPattern("Connection reset|EOF|BufferUnderflow|Broken pipe");
  }

  /** An authenticated connection is the application's alone: it closes it and tells nobody. */
  @ParameterizedTest
  @ValueSource(strings = {"encrypted", "authenticated"})
  void aRelayThatNobodyNeedsIsGivenBack(String security) throws IOException {
    scene.startRendezvous();
    serve(security);
    JavaCommand asking = Scene.program(Jdk.current(), Ask.class, words("tcp", "0"));
    Program ask = client(asking.agent("tcp.security", security));
    ask.await(Scene.REGISTERED, Scene.LIMIT);
    say(ask, "one");
    ask.await("tcp answered", Scene.LIMIT);
    ask.await("path up peer=server proto=tcp kind=relayed", Scene.LIMIT);
    ask.await("the relay for TCP at .* is not needed any more", TWO_MINUTES);
    say(ask, "two");
    ask.await("question 1 done", Scene.LIMIT);

    assertThat(ask.lines())
        .as(scene.transcript())
        .filteredOn(line -> line.contains("tcp answered"))
        .hasSize(2);
  }

  /** Where there is another rendezvous once both peers are at the first: it knows nothing of it. */
  private Host second() {
    Host second = scene.publicHost("second");
    servers += "," + second.address() + ":3478";
    return second;
  }

  private void startRendezvous(Host host) {
    scene
        .start(host, host.name(), JavaCommand.ofJar(Jdk.current(), Artifacts.rendezvous()))
        .await("listening", Scene.LIMIT);
  }

  private void kill(Program rendezvous) {
    scene.rendezvousHost().shell("kill -9 " + rendezvous.pid());
  }

  private static void say(Program program, String line) throws IOException {
    program.input().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    program.input().flush();
  }

  private void ends(Program talk) {
    talk.feed("enough\n");
    scene.succeeds(talk);
  }

  private Program talk(String protocol) {
    serve("encrypted");
    Program talk = client(protocol, Talk.class);
    talk.await(protocol + " is talking", Scene.LIMIT);
    talk.await("path up peer=server proto=" + protocol + " kind=relayed", Scene.LIMIT);
    return talk;
  }

  /** Behind a NAT that lets nothing in but what was asked for. */
  private void serve(String security) {
    JavaCommand echo = Scene.program(Jdk.current(), Echo.class, String.valueOf(PORT));
    Program server = start("server", echo.agent("tcp.security", security));
    server.await("echo on port", Scene.LIMIT);
    server.await(Scene.REGISTERED, Scene.LIMIT);
  }

  /** Behind another such NAT: only the relay leads from one to the other. */
  private Program client(String protocol, Class<?> main, String... arguments) {
    return client(Scene.program(Jdk.current(), main, words(protocol, arguments)));
  }

  private Program client(JavaCommand command) {
    return start("client", command.agent("log.level", "debug"));
  }

  private static String[] words(String protocol, String... more) {
    String[] words = new String[3 + more.length];
    words[0] = protocol;
    words[1] = "server.peer";
    words[2] = String.valueOf(PORT);
    System.arraycopy(more, 0, words, 3, more.length);
    return words;
  }

  private Program start(String name, JavaCommand command) {
    Host host = scene.natBox(name + "-box", Nat.SYMMETRIC).host(name);
    return scene.start(new Peer(name, servers, host, scene.directory()), command);
  }
}
