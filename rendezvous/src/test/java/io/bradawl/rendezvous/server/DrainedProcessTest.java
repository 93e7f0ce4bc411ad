package io.bradawl.rendezvous.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.signal.Signal;
import io.bradawl.rendezvous.RendezvousMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server in a process of its own that is told to stop while a peer is there. */
@Timeout(120)
class DrainedProcessTest {

  private static final Pattern LISTENING =
      Pattern.compile("listening on udp and tcp \\[127\\.0\\.0\\.1:(\\d+)]");
  private static final Pattern SITE = Pattern.compile("status on http://?(\\S+):(\\d+)");
  private static final int STOPPED_AT_ONCE = 143;

  private final HttpClient browser = HttpClient.newHttpClient();
  private Process process;
  private BufferedReader log;
  private InetSocketAddress address;
  private int http;

  @BeforeEach
  void start() throws Exception {
    process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                RendezvousMain.class.getName(),
                "--listen=127.0.0.1:0",
                "--relay=off",
                "--http=0",
                "--drain-seconds=100")
            .redirectErrorStream(true)
            .start();
    log = process.inputReader();
    address = new InetSocketAddress("127.0.0.1", Integer.parseInt(await(LISTENING).group(1)));
    http = Integer.parseInt(await(SITE).group(2));
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  @Test
  void saysThatItIsNotReadyAndServesThePeersItHas() throws Exception {
    try (TestPeer peer = new TestPeer(address, 1, "db")) {
      peer.register();
      assertThat(readiness().statusCode()).isEqualTo(200);

      process.destroy();

      assertThat(peer.hear()).isInstanceOf(Signal.Move.class);
      assertThat(readiness().statusCode()).isEqualTo(503);
      assertThat(readiness().body()).contains("draining");
      assertThat(peer.ask(new Signal.Lookup(peer.self.id()))).isInstanceOf(Signal.Found.class);
      assertThat(process.isAlive()).isTrue();
    }
  }

  @Test
  void aSecondSignalEndsTheWait() throws Exception {
    try (TestPeer peer = new TestPeer(address, 1, "db")) {
      peer.register();
      process.destroy();
      assertThat(peer.hear()).isInstanceOf(Signal.Move.class);
      process.destroy();
      peer.awaitEnd();
      assertThat(process.waitFor()).isEqualTo(STOPPED_AT_ONCE);
    }
  }

  private HttpResponse<String> readiness() throws IOException, InterruptedException {
    URI page = URI.create("http://127.0.0.1:" + http + "/readyz");
    return browser.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
  }

  private Matcher await(Pattern pattern) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        return matcher;
      }
      said.append(line).append('\n');
    }
    throw new AssertionError("no line with " + pattern + " but:\n" + said);
  }
}
