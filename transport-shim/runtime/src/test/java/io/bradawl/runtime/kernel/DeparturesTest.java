package io.bradawl.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.runtime.loop.ManualLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections of this kernel, looked at in simulated time. */
class DeparturesTest {

  private final ManualLoop loop = new ManualLoop();
  private final List<String> gone = new ArrayList<>();
  private final Departures departures =
      new Departures(loop, new TcpTable(Path.of("/proc/self")), Runnable::run);
  private ServerSocket server;
  private Socket accepted;
  private Socket client;

  @BeforeEach
  void connect() throws Exception {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    client = new Socket(server.getInetAddress(), server.getLocalPort());
    accepted = server.accept();
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    accepted.close();
    server.close();
  }

  @Test
  void tellsOfAConnectionThatWasClosedAndOfNoOther() throws Exception {
    await(client, "client");
    await(accepted, "accepted");
    looks(5);
    assertThat(gone).isEmpty();

    client.close(); // the kernel keeps it half-closed for a while, but nobody has it any more
    looks(1);
    assertThat(gone).isEmpty();
    looks(1);
    assertThat(gone).containsExactly("client");
    looks(5);
    assertThat(gone).containsExactly("client");
  }

  @Test
  void looksNoMoreWhenThereIsNobodyLeft() throws Exception {
    await(client, "client");
    client.close();
    looks(2);
    assertThat(gone).containsExactly("client");
    assertThat(loop.waiting()).isZero();
  }

  @Test
  void anotherConnectionWithTheSameAddressesMeansThatTheFirstIsGone() {
    await(client, "first");
    await(client, "second");
    looks(5);
    assertThat(gone).containsExactly("first");
  }

  /** As without a file descriptor, for which a directory stands here. */
  @Test
  void nobodyIsTakenToBeGoneWhenTheKernelCannotBeAsked(@TempDir Path proc) throws Exception {
    Path net = Files.createDirectories(proc.resolve("net"));
    Files.writeString(net.resolve("tcp"), "titles\n");
    Departures blinded = new Departures(loop, new TcpTable(proc), Runnable::run);
    blinded.await(local(client), remote(client), () -> gone.add("client"));
    Files.createDirectory(net.resolve("tcp6"));
    looks(5);
    assertThat(gone).isEmpty();

    Files.delete(net.resolve("tcp6"));
    looks(2);
    assertThat(gone).containsExactly("client");
  }

  /** As a thread that the system would not start. */
  @Test
  void aLookThatFailsTellsNothingAndIsNotTheLast() throws Exception {
    List<Runnable> failing = new ArrayList<>();
    Departures unlucky =
        new Departures(
            loop,
            new TcpTable(Path.of("/proc/self")),
            look -> {
              failing.add(look);
              if (failing.size() < 4) {
                throw new IllegalStateException("not now");
              }
              look.run();
            });
    unlucky.await(local(client), remote(client), () -> gone.add("client"));
    client.close();
    looks(3);
    assertThat(gone).isEmpty();
    looks(2);
    assertThat(gone).containsExactly("client");
  }

  @Test
  void awaitsNobodyWhereTheKernelDoesNotTell(@TempDir Path empty) {
    Departures blind = new Departures(loop, new TcpTable(empty), Runnable::run);
    blind.await(local(client), remote(client), () -> gone.add("client"));
    looks(5);
    assertThat(gone).isEmpty();
    assertThat(loop.waiting()).isZero();
  }

  private void await(Socket socket, String name) {
    departures.await(local(socket), remote(socket), () -> gone.add(name));
  }

  private static InetSocketAddress local(Socket socket) {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  private static InetSocketAddress remote(Socket socket) {
    return (InetSocketAddress) socket.getRemoteSocketAddress();
  }

  private void looks(int number) {
    loop.pass(number * Departures.INTERVAL.toNanos());
  }
}
