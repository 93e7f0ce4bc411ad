package io.bradawl.runtime.signal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.runtime.dial.Dial;
import io.bradawl.runtime.dial.TestCertificate;
import io.bradawl.runtime.dial.TestProxy;
import io.bradawl.runtime.dial.TlsTrust;
import io.bradawl.runtime.loop.NettyDriverLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way to a rendezvous where plain TCP does not get through. */
class RendezvousTlsTest {

  private static final int PATIENCE = 30;

  @TempDir static Path directory;
  private static TestCertificate certificate;

  private final NettyDriverLoop loop = new NettyDriverLoop();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private ServerSocket tls;

  @BeforeAll
  static void certify() throws Exception {
    certificate = TestCertificate.of("dns:localhost,dns:rendezvous.invalid", directory);
  }

  @BeforeEach
  void listen() throws Exception {
    tls = certificate.listen();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
    loop.close();
    tls.close();
  }

  @Test
  void speaksTlsWherePlainIsRefused() throws Exception {
    RendezvousLink link = start(new RendezvousServer("localhost", closedPort(), port(), false));
    assertRegistered(link, tls);
    assertThat(Objects.requireNonNull(link.route()).tls()).isTrue();
    assertThat(link.route()).hasToString("tls:localhost:" + port());
    assertThat(link.server().get(PATIENCE, SECONDS).getAddress().isLoopbackAddress()).isTrue();
  }

  @Test
  void speaksTlsWherePlainIsSwallowed() throws Exception {
    assertRegistered(start(new RendezvousServer("localhost", deafPort(), port(), false)), tls);
  }

  @Test
  void speaksTlsWherePlainConnectsAndLeadsNowhere() throws Exception {
    ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    opened.add(mute);
    RendezvousLink link =
        start(new RendezvousServer("localhost", mute.getLocalPort(), port(), false));
    assertRegistered(link, tls);
  }

  @Test
  void speaksPlainWhereItCan() throws Exception {
    ServerSocket plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    opened.add(plain);
    RendezvousLink link =
        start(new RendezvousServer("localhost", plain.getLocalPort(), port(), false));
    assertRegistered(link, plain);
    assertThat(Objects.requireNonNull(link.route()).tls()).isFalse();
  }

  @Test
  void speaksNothingElseIfToldTo() throws Exception {
    assertRegistered(start(RendezvousServer.tls("localhost", port())), tls);
  }

  @Test
  void goesThroughTheProxyOfTheJvmWithoutLookingTheServerUp() throws Exception {
    try (TestProxy proxy = TestProxy.tunnelling(port())) {
      RendezvousLink link = start(RendezvousServer.tls("rendezvous.invalid", 443));
      assertRegistered(link, tls);
      assertThat(proxy.requests().poll(PATIENCE, SECONDS))
          .isEqualTo("CONNECT rendezvous.invalid:443 HTTP/1.1");
      assertThat(link.server()).isNotDone();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 403 Not here, the proxy refuses CONNECT localhost:443: HTTP/1.1 403 Not here",
    "HTTP/1.1 407 Who are you, without one",
    "SSH-2.0-OpenSSH_9, does not speak HTTP"
  })
  void tellsWhatTheProxySays(String status, String why) throws Exception {
    try (TestProxy proxy = TestProxy.answering(status + "\r\n\r\n")) {
      assertFails(RendezvousServer.tls("localhost", 443), why);
      assertThat(proxy.requests()).isNotEmpty();
    }
  }

  @Test
  void aProxyCannotSlipInWhatTheServerDidNotSay() throws Exception {
    try (TestProxy proxy = TestProxy.answering("HTTP/1.1 200 OK\r\n\r\n\0\1\0\0!\u0012")) {
      assertFails(RendezvousServer.tls("localhost", 443), "speaks before");
      assertThat(proxy.requests()).isNotEmpty();
    }
  }

  @Test
  void aCertificateForAnotherHostIsNotTaken() throws Exception {
    answerHandshakes();
    assertFails(RendezvousServer.tls("127.0.0.1", port()), "for another host");
  }

  @Test
  void aCertificateOfNobodyKnownIsNotTaken() throws Exception {
    answerHandshakes();
    RendezvousLink link = start(RendezvousServer.tls("localhost", port()), null);
    assertThatThrownBy(() -> link.registered().get(PATIENCE, SECONDS))
        .hasMessageContaining("not trusted")
        .hasMessageContaining("bradawl.tls.trust");
  }

  @Test
  void namesBothWaysIfNeitherLeadsThere() throws Exception {
    int plain = closedPort();
    int secure = closedPort();
    assertFails(
        new RendezvousServer("localhost", plain, secure, false),
        "localhost:"
            + plain
            + ": connection refused; TLS on port "
            + secure
            + ": connection refused");
  }

  @Test
  void whereOnlyTlsGotThroughPlainIsNotWaitedForAgain() throws Exception {
    int plain = deafPort();
    RendezvousLink link = start(new RendezvousServer("localhost", plain, port(), false));
    Socket connection = registration(link, tls);
    tls.close();
    connection.close(); // the rendezvous ends; from now on its port refuses
    assertThat(nextFailure(link)).hasMessageContaining("no answer on port " + plain);
  }

  private static Throwable nextFailure(RendezvousLink link) throws Exception {
    while (true) {
      try {
        link.registered().get(PATIENCE, SECONDS);
        Thread.sleep(10); // not noticed yet
      } catch (ExecutionException e) {
        return e.getCause();
      }
    }
  }

  @Test
  void namesAPortThatDoesNotSpeakTls() throws Exception {
    ServerSocket plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    opened.add(plain);
    background(
        () -> {
          Socket client = plain.accept();
          opened.add(client);
          client.getOutputStream().write("HTTP/1.1 400 Bad request\r\n\r\n".getBytes());
        });
    assertFails(RendezvousServer.tls("localhost", plain.getLocalPort()), "does not speak TLS");
  }

  private void assertRegistered(RendezvousLink link, ServerSocket at) throws Exception {
    registration(link, at).close();
  }

  /** On which connection it registers: one that gets nowhere for seconds it gives up. */
  private Socket registration(RendezvousLink link, ServerSocket at) throws Exception {
    at.setSoTimeout(PATIENCE * 1000);
    while (true) {
      Socket connection = at.accept();
      opened.add(connection);
      try {
        ScriptedRendezvous.register(connection);
        link.registered().get(PATIENCE, SECONDS);
        return connection;
      } catch (IOException givenUp) {
        // The machine is slow; the link comes again.
      }
    }
  }

  private void assertFails(RendezvousServer server, String why) {
    RendezvousLink link = start(server);
    assertThatThrownBy(() -> link.registered().get(PATIENCE, SECONDS)).hasMessageContaining(why);
  }

  private RendezvousLink start(RendezvousServer server) {
    return start(server, certificate.pem());
  }

  private RendezvousLink start(RendezvousServer server, @Nullable Path trust) {
    RendezvousLink link =
        new RendezvousLink(
            loop,
            new Dial(new TlsTrust(trust)),
            List.of(server),
            ScriptedRendezvous.registrant(),
            new Random(1));
    link.start(signal -> {});
    return link;
  }

  private void answerHandshakes() {
    background(
        () -> {
          try (Socket client = tls.accept()) {
            client.getInputStream().read();
          }
        });
  }

  private static void background(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // the client has left
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private int port() {
    return tls.getLocalPort();
  }

  private int closedPort() throws IOException {
    RefusingPort port = new RefusingPort(0);
    opened.add(port);
    return port.number();
  }

  /** Its queue is full, and so the kernel drops every SYN. */
  private int deafPort() throws IOException {
    ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    opened.add(deaf);
    for (int i = 0; i < 2; i++) {
      Socket queued = new Socket(deaf.getInetAddress(), deaf.getLocalPort());
      opened.add(queued);
    }
    return deaf.getLocalPort();
  }

  private interface Work {
    void run() throws IOException;
  }
}
