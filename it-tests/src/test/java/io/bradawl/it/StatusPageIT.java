package io.bradawl.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Nat;
import io.bradawl.it.lab.Program;
import io.bradawl.it.probe.Chatter;
import io.bradawl.it.probe.Hold;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.scene.Browser;
import io.bradawl.it.scene.Scene;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The status page of a rendezvous with real peers, in a real browser. */
class StatusPageIT {

  private static final int PORT = 9000;
  private static final String PAGE = "http://127.0.0.1:8080/";
  private static final Pattern TWO_ENDS_THROUGH_NATS =
      Pattern.compile("Direct, through NATs.*?<td>2</td><td>0</td><td>2</td>");

  private static final Pattern TWO_ENDS_BY_RELAY =
      Pattern.compile("data-kinds=\"relayed\">.*?<td>0</td><td>2</td><td>2</td>");

  private final Scene scene = Scene.openWithoutRendezvous();
  private final Host server = scene.natBox("server-nat", Nat.PORT_RESTRICTED).host("server");
  private final Host client = scene.natBox("client-nat", Nat.PORT_RESTRICTED).host("client");
  private final Browser browser = new Browser(scene, scene.rendezvousHost());

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @Test
  void showsPeersAndTheirPathsAndNothingSecret() {
    scene.startRendezvous("--http", "8080");
    scene.echo(scene.peer(server), Jdk.current(), PORT);
    Program hold =
        scene.start(
            scene.peer(client),
            Scene.program(Jdk.current(), Hold.class, "server.peer", String.valueOf(PORT), "1"));
    hold.await("connected", Scene.LIMIT);

    String page = awaitPage(TWO_ENDS_THROUGH_NATS);

    assertThat(page)
        .contains("<dd id=\"registered\">2</dd>", "<dd id=\"livePaths\">2</dd>")
        .contains(">Ready</p>", "All of them, the newest first.", "tcp/9000")
        .containsPattern("<th scope=\"row\">[a-z2-7]{8}\u2026</th>")
        .doesNotContainPattern("[a-z2-7]{52}")
        .doesNotContain("<td>server</td>", "Refused to", "Uncaught", "Failed to load");
  }

  @Test
  void showsNamesIfTheOperatorAsksForThem() {
    scene.startRendezvous("--http", "8080", "--status-names");
    scene.echo(scene.peer(server), Jdk.current(), PORT);

    assertThat(browser.page(PAGE)).contains("<td>server</td>");
  }

  @Test
  void showsWhatIsRelayedAndThatTheServerIsAboutToStop() {
    Program rendezvous = scene.startRendezvous("--http", "8080", "--drain-seconds", "3600");
    Host sensor = scene.natBox("sensor-nat", Nat.SYMMETRIC).host("sensor");
    Host web = scene.natBox("web-nat", Nat.SYMMETRIC).host("web");
    scene.echo(scene.peer(sensor), Jdk.current(), PORT);
    Program load =
        scene.start(
            scene.peer(web),
            Scene.program(Jdk.current(), Chatter.class, "sensor.peer", String.valueOf(PORT)));
    load.await("path up peer=sensor proto=udp kind=relayed", Scene.LIMIT);

    awaitPage(TWO_ENDS_BY_RELAY);
    assertThat(browser.pageAfterAWhile(PAGE))
        .containsPattern("<span id=\"relayedBytes\">[1-9][0-9.]* k?B</span>")
        .containsPattern("<span id=\"peakRate\">[1-9][0-9.]* k?B/s</span>")
        .containsPattern("<path id=\"line\" class=\"line\" d=\"M")
        .doesNotContain("Refused to", "Uncaught", "Failed to load");

    rendezvous.terminate();
    rendezvous.await("stopping: 2 peers", Scene.LIMIT);
    assertThat(browser.page(PAGE)).contains(">draining</p>");
  }

  /** Peers tell of their paths some seconds after they came about. */
  private String awaitPage(Pattern pattern) {
    long deadline = System.nanoTime() + Scene.LIMIT.toNanos();
    String page = browser.page(PAGE);
    while (!pattern.matcher(page).find()) {
      assertThat(System.nanoTime()).as(page).isLessThan(deadline);
      page = browser.page(PAGE);
    }
    return page;
  }
}
