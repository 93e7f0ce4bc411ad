package io.bradawl.rendezvous.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.stun.RequestedTransport;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.XorMappedAddress;
import io.bradawl.rendezvous.admission.Limits;
import io.bradawl.rendezvous.admission.Quotas;
import io.bradawl.rendezvous.net.ExternalAddresses;
import io.bradawl.rendezvous.options.RelayOptions;
import io.bradawl.rendezvous.stun.StunSettings;
import io.bradawl.rendezvous.telemetry.AccessEvent;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Measures;
import io.bradawl.rendezvous.telemetry.Readiness;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.bradawl.rendezvous.tls.CertificateFiles;
import io.bradawl.rendezvous.tls.TestCertificate;
import io.bradawl.rendezvous.turn.RelaySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The same server behind TLS. */
@Timeout(120)
class TlsTest {

  private static final StunMessage BINDING =
      StunMessage.request(StunMethod.BINDING, new TransactionId(1, 2));
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final Queue<AccessEvent> events = new ConcurrentLinkedQueue<>();
  private final Telemetry telemetry = new Telemetry(new Measures(), new Readiness(), events::add);
  private RendezvousServer server;

  @TempDir private Path folder;

  @BeforeEach
  void makeCertificate() throws Exception {
    TestCertificate.make(folder, "first", "EC").install(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void servesStunAndSignalling(String version) throws Exception {
    start(Limits.DEFAULT);
    SSLSocket socket = connect();
    socket.setEnabledProtocols(new String[] {version});
    try (TestPeer peer = peer(socket, 1)) {
      assertThat(peer.ask(BINDING).first(XorMappedAddress.class))
          .isEqualTo(new XorMappedAddress(peer.local()));
      assertThat(peer.register()).isInstanceOf(Signal.Registered.class);
      assertThat(peer.ask(new Signal.Lookup(peer.self.id()))).isInstanceOf(Signal.Found.class);
    }
    assertThat(telemetry.measures().sum(Measure.STUN_REPLIES_TLS)).isEqualTo(1);
    assertThat(telemetry.measures().sum(Measure.TLS_DONE)).isEqualTo(1);
  }

  @Test
  void choosesTheProtocolOfRfc7443AndBearsOthers() throws Exception {
    start(Limits.DEFAULT);
    assertThat(chosen("http/1.1", "stun.turn")).isEqualTo("stun.turn");
    assertThat(chosen("stun.nat-discovery")).isEqualTo("stun.nat-discovery");
    assertThat(chosen("http/1.1")).isEmpty();
    assertThat(chosen()).isEmpty();
  }

  @Test
  void aRenewedCertificateIsForNewConnectionsAndDoesNotDisturbOthers() throws Exception {
    start(Limits.DEFAULT);
    try (TestPeer old = peer(connect(), 1)) {
      old.register();
      assertThat(nameShown()).isEqualTo("CN=first");

      TestCertificate.make(folder, "second", "EC").install(folder);

      while (!nameShown().equals("CN=second")) {
        Thread.sleep(50);
      }
      assertThat(old.ask(new Signal.Lookup(old.self.id()))).isInstanceOf(Signal.Found.class);
    }
  }

  @Test
  void anUnreadableCertificateLeavesTheOneBeforeInPlace() throws Exception {
    start(Limits.DEFAULT);
    TestCertificate second = TestCertificate.make(folder, "second", "RSA");
    TestCertificate.replace(folder.resolve("key.pem"), second.key());
    try (OperatorLog log = new OperatorLog()) {
      Files.writeString(folder.resolve("chain.pem"), "garbage");
      log.await("chain.pem is no certificate in PEM form");
    }
    assertThat(nameShown()).isEqualTo("CN=first");

    TestCertificate.replace(folder.resolve("chain.pem"), second.certificate());
    while (!nameShown().equals("CN=second")) {
      Thread.sleep(50);
    }
  }

  @Test
  void whoSpeaksNoTlsOrAnOldOneIsTurnedAway() throws Exception {
    start(Limits.DEFAULT);
    try (TestPeer plain = peer(new Socket(address().getAddress(), address().getPort()), 1)) {
      plain.write(TestPeer.octets(BINDING));
      assertThatThrownBy(plain::read).isInstanceOf(IOException.class);
    }
    try (SSLSocket old = connect()) {
      assertThatThrownBy(
              () -> {
                old.setEnabledProtocols(new String[] {"TLSv1.1"});
                old.startHandshake();
              })
          .isInstanceOf(SSLException.class);
    }
    assertServed();
  }

  @Test
  void aHandshakeThatIsNotFinishedEnds() throws Exception {
    start(new Limits(100, Duration.ofMillis(500), Duration.ofMinutes(5), 100, Quotas.DEFAULT));
    try (TestPeer silent = peer(new Socket(address().getAddress(), address().getPort()), 1);
        TestPeer half = peer(new Socket(address().getAddress(), address().getPort()), 2)) {
      half.write(new byte[] {22, 3, 1, 2, 0, 1, 0, 1});
      silent.awaitEnd();
      half.awaitEnd();
    }
  }

  @Test
  void aFinishedHandshakeWithoutAMessageEndsToo() throws Exception {
    // Long enough for the handshake, however busy the machine.
    start(new Limits(100, Duration.ofSeconds(5), Duration.ofMinutes(5), 100, Quotas.DEFAULT));
    try (SSLSocket socket = connect()) {
      socket.startHandshake();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void handshakesOfOneSourceAreLimited() throws Exception {
    start(
        new Limits(
            1000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            100,
            new Quotas(1000, 1, 64, 50)));
    for (int i = 0; i < 1000 && telemetry.measures().sum(Measure.TLS_LIMITED) == 0; i++) {
      new Socket(address().getAddress(), address().getPort()).close();
    }
    while (telemetry.measures().sum(Measure.TLS_LIMITED) == 0) {
      Thread.sleep(20); // a slow server accepts them later
    }
  }

  @Test
  void handshakesUnderWayAreLimitedInAll() throws Exception {
    Quotas generous = new Quotas(2000, 1000, 64, 50);
    start(new Limits(2000, Duration.ofMinutes(5), Duration.ofMinutes(5), 100, generous));
    List<Socket> begun = new ArrayList<>();
    try {
      for (int i = 0; i < 501; i++) {
        begun.add(new Socket(address().getAddress(), address().getPort()));
      }
      while (telemetry.measures().sum(Measure.TLS_LIMITED) == 0) {
        Thread.sleep(20); // a slow server accepts them later
      }
    } finally {
      for (Socket socket : begun) {
        socket.close();
      }
    }
    assertThat(telemetry.measures().sum(Measure.TLS_LIMITED)).isEqualTo(1);
    while (server.connections() > 0) {
      Thread.sleep(20);
    }
    assertServed();
  }

  @Test
  void withoutAUsableCertificateTheServerDoesNotStart() throws Exception {
    start(Limits.DEFAULT);
    Files.delete(folder.resolve("key.pem"));

    assertThatThrownBy(() -> start(Limits.DEFAULT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("TLS key")
        .hasMessageContaining("does not exist");
  }

  @Test
  void theAccessLogTellsHowClientsOfTheRelayHaveCome() throws Exception {
    RelayOptions relay = new RelayOptions();
    Path users = Files.writeString(folder.resolve("users"), "alice:wonderland");
    new CommandLine(relay).parseArgs("--relay-ip=127.0.0.1", "--users-file=" + users);
    start(Limits.DEFAULT, relay.settings(List.of(ANY), ExternalAddresses.NONE));
    InetSocketAddress plain = server.addresses().get(0);
    try (TurnTestClient tls = new TurnTestClient.Tcp(connect());
        TurnTestClient tcp = TurnTestClient.tcp(plain);
        TurnTestClient udp = TurnTestClient.udp(plain)) {
      for (TurnTestClient client : List.of(tls, tcp, udp)) {
        TurnTestClient.relayed(client.ask(StunMethod.ALLOCATE, RequestedTransport.UDP));
      }
    }
    assertThat(events)
        .filteredOn(event -> event.event().equals("allocation made"))
        .extracting(event -> ((AccessEvent.Allocation) event).transport())
        .containsExactlyInAnyOrder("tls", "tcp", "udp");
  }

  private void start(Limits limits) throws IOException {
    start(limits, null);
  }

  private void start(Limits limits, @Nullable RelaySettings relay) throws IOException {
    var files = new CertificateFiles(folder.resolve("chain.pem"), folder.resolve("key.pem"));
    server =
        RendezvousServer.start(
            new ServerSettings(
                List.of(ANY),
                StunSettings.PLAIN,
                new TlsSettings(List.of(ANY), files),
                limits,
                relay,
                null,
                null),
            telemetry);
  }

  private InetSocketAddress address() {
    return server.tlsAddresses().get(0);
  }

  private void assertServed() throws Exception {
    try (TestPeer good = peer(connect(), 9)) {
      assertThat(good.ask(BINDING).has(XorMappedAddress.class)).isTrue();
    }
  }

  private String nameShown() throws Exception {
    try (SSLSocket socket = connect()) {
      socket.startHandshake();
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
          .getSubjectX500Principal()
          .getName();
    }
  }

  private String chosen(String... protocols) throws Exception {
    try (SSLSocket socket = connect()) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(protocols);
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket.getApplicationProtocol();
    }
  }

  private static TestPeer peer(Socket socket, int seed) throws IOException {
    return new TestPeer(socket, TestPeer.registrant(seed, TestPeer.REALM, "p" + seed));
  }

  private SSLSocket connect() throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Credulous()}, new SecureRandom());
    return (SSLSocket)
        context.getSocketFactory().createSocket(address().getAddress(), address().getPort());
  }

  /** Whom the certificate names is looked at by the tests themselves. */
  private static final class Credulous extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
