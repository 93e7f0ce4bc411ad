package io.bradawl.runtime.splice;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.runtime.dial.Dial;
import io.bradawl.runtime.dial.TestCertificate;
import io.bradawl.runtime.dial.TlsTrust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A TLS connection that is to look like a TCP one, against the JDK's own TLS sockets. */
class TlsTunnelTest {

  private static final int PATIENCE = 30;
  private static final int MUCH = 5_000_000;

  @TempDir static Path directory;
  private static TestCertificate certificate;

  private final SpliceLoops loops = new SpliceLoops();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private ServerSocket listener;
  private Socket transport;
  private SSLSocket server;
  private Socket client;

  @BeforeAll
  static void certify() throws Exception {
    certificate = TestCertificate.of("dns:localhost", directory);
  }

  @BeforeEach
  void connect() throws Exception {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    CompletableFuture<SocketChannel> opened = open(certificate.pem());
    transport = listener.accept();
    server =
        (SSLSocket)
            certificate.context().getSocketFactory().createSocket(transport, "client", 1, true);
    server.setUseClientMode(false);
    server.setSoTimeout(PATIENCE * 1000);
    server.startHandshake();
    SocketChannel channel = opened.get(PATIENCE, SECONDS);
    channel.configureBlocking(true);
    client = channel.socket();
    client.setSoTimeout(PATIENCE * 1000);
  }

  @AfterEach
  void close() throws IOException {
    loops.close();
    client.close();
    transport.close();
    listener.close();
  }

  @Test
  void carriesMuchBothWaysAtOnceAndEndsEachDirectionByItself() throws Exception {
    byte[] data = End.octets(MUCH);
    Future<byte[]> atServer = background(() -> server.getInputStream().readAllBytes());
    Future<byte[]> atClient = background(() -> client.getInputStream().readAllBytes());
    Future<byte[]> sent =
        background(
            () -> {
              server.getOutputStream().write(data);
              server.shutdownOutput();
              return data;
            });
    client.getOutputStream().write(data);
    client.shutdownOutput();
    sent.get(PATIENCE, SECONDS);
    assertThat(Arrays.equals(atServer.get(PATIENCE, SECONDS), data)).isTrue();
    assertThat(Arrays.equals(atClient.get(PATIENCE, SECONDS), data)).isTrue();
  }

  @Test
  void goesOnInOneDirectionWhenTheOtherHasEnded() throws Exception {
    server.shutdownOutput();
    assertThat(client.getInputStream().read()).isEqualTo(-1);
    client.getOutputStream().write(7);
    assertThat(server.getInputStream().read()).isEqualTo(7);
    client.shutdownOutput();
    assertThat(server.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void answersAfterTheClientHasEnded() throws Exception {
    client.getOutputStream().write(1);
    client.shutdownOutput();
    assertThat(server.getInputStream().readAllBytes()).containsExactly(1);
    server.getOutputStream().write(2);
    assertThat(over).isNotDone();
    server.close();
    assertThat(client.getInputStream().readAllBytes()).containsExactly(2);
    over.get(PATIENCE, SECONDS);
  }

  @Test
  void aResetOfTheServerIsOneOfTheClient() throws Exception {
    transport.setSoLinger(true, 0);
    transport.close();
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("reset");
  }

  @Test
  void anEndThatNobodyHasSealedIsAReset() throws Exception {
    transport.close(); // a FIN, which anybody on the way may send
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("reset");
  }

  @Test
  void aResetOfTheClientIsNoEndAtTheServer() throws Exception {
    client.getOutputStream().write(1);
    assertThat(server.getInputStream().read()).isEqualTo(1);
    client.setSoLinger(true, 0);
    client.close();
    assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(IOException.class);
  }

  /** Found by the soak: the tunnel stumbled over the end that was closed, and left the other. */
  @Test
  void aResetOfTheClientInMidStreamEndsTheServersWrites() throws Exception {
    byte[] block = End.octets(100_000);
    Future<byte[]> flood =
        background(
            () -> {
              while (true) {
                server.getOutputStream().write(block);
              }
            });
    assertThat(client.getInputStream().readNBytes(MUCH)).hasSize(MUCH);
    client.setSoLinger(true, 0);
    client.close();
    assertThatThrownBy(() -> flood.get(PATIENCE, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(IOException.class);
    over.get(PATIENCE, SECONDS);
  }

  @Test
  void aResetOfTheClientAfterItHasEndedIsNotMissed() throws Exception {
    client.shutdownOutput();
    assertThat(server.getInputStream().read()).isEqualTo(-1);
    client.setSoLinger(true, 0);
    client.close();
    over.get(PATIENCE, SECONDS);
  }

  /** What it wrote is stuck, and so nobody reads from it. */
  @Test
  void aResetOfTheClientIsNotMissedWhileTheServerTakesNothing() throws Exception {
    SocketChannel channel = client.getChannel();
    channel.configureBlocking(false);
    long deadline = System.nanoTime() + SECONDS.toNanos(PATIENCE);
    ByteBuffer much = ByteBuffer.allocate(MUCH);
    for (int idle = 0; idle < 20 && System.nanoTime() < deadline; ) {
      idle = channel.write(much.clear()) > 0 ? 0 : idle + 1;
      Thread.sleep(10);
    }
    client.setSoLinger(true, 0);
    client.close();
    over.get(PATIENCE, SECONDS);
  }

  @Test
  void whatWasWrittenIsSentBeforeTheProcessEnds() throws Exception {
    byte[] data = End.octets(100_000);
    client.getOutputStream().write(data);
    assertThat(loops.drain(Duration.ofSeconds(PATIENCE))).isTrue();
    assertThat(Arrays.equals(server.getInputStream().readNBytes(data.length), data)).isTrue();
  }

  @Test
  void aServerThatNobodyVouchesForIsNotTaken() throws Exception {
    CompletableFuture<SocketChannel> opened = open(null);
    try (Socket accepted = listener.accept();
        SSLSocket other =
            (SSLSocket)
                certificate.context().getSocketFactory().createSocket(accepted, "c", 1, true)) {
      other.setUseClientMode(false);
      assertThatThrownBy(other::startHandshake).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> opened.get(PATIENCE, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("bradawl.tls.trust");
  }

  private CompletableFuture<SocketChannel> open(@Nullable Path trust) {
    CompletableFuture<SocketChannel> opened = new CompletableFuture<>();
    TlsTunnel.Outcome outcome =
        new TlsTunnel.Outcome() {
          @Override
          public void up(SocketChannel plain, InetAddress local, CompletableFuture<Void> end) {
            end.thenRun(() -> over.complete(null));
            opened.complete(plain);
          }

          @Override
          public void failed(String why) {
            opened.completeExceptionally(new IOException(why));
          }
        };
    Dial dial = new Dial(new TlsTrust(trust));
    TlsTunnel.open(loops, dial, "localhost", listener.getLocalPort(), null, outcome);
    return opened;
  }

  private static Future<byte[]> background(Callable<byte[]> work) {
    FutureTask<byte[]> task = new FutureTask<>(work);
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return task;
  }
}
