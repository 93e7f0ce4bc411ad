package io.bradawl.rendezvous.server;

import io.bradawl.rendezvous.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A relay at 127.0.0.1 that reaches peers at 127.0.0.2, and whatever a test opens around it: closed
 * after the test, the last first.
 */
final class RelayGround implements AfterEachCallback {

  final Telemetry telemetry = Telemetry.unseen();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private InetSocketAddress server = InetSocketAddress.createUnresolved("not-started", 0);

  /**
   * @param options of the relay, as an operator writes them
   */
  void start(String... options) throws IOException {
    Path users = Files.writeString(Files.createTempFile("users", ""), "# one\nalice:wonderland\n");
    open(() -> Files.delete(users));
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--relay-allow", "127.0.0.2", "--users-file", users.toString()));
    server = open(RelayServer.start(telemetry, all.toArray(String[]::new))).addresses().get(0);
  }

  InetSocketAddress server() {
    return server;
  }

  TurnTestClient udpClient() throws IOException {
    return open(TurnTestClient.udp(server));
  }

  TurnTestClient.Tcp tcpClient() throws IOException {
    return open(TurnTestClient.tcp(server));
  }

  <T extends AutoCloseable> T open(T resource) {
    open.push(resource);
    return resource;
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
