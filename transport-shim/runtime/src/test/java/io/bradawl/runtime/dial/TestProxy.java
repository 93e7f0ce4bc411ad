package io.bradawl.runtime.dial;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * An HTTP proxy for one tunnel at a time, and the JVM set to use it for every HTTPS host until it
 * is closed.
 */
public final class TestProxy implements AutoCloseable {

  private final ServerSocket listener;
  private final ProxySelector before = Objects.requireNonNull(ProxySelector.getDefault());
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private final String answer;
  private final int tunnelTo;

  private TestProxy(String answer, int tunnelTo) throws IOException {
    this.answer = answer;
    this.tunnelTo = tunnelTo;
    listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    ProxySelector.setDefault(new Always(listener.getLocalSocketAddress()));
    background(this::serve);
  }

  /** Leads to a port of this host, whoever is asked for. */
  public static TestProxy tunnelling(int port) throws IOException {
    return new TestProxy("HTTP/1.1 200 Fine by me\r\nVia: test\r\n\r\n", port);
  }

  /** Says this to whoever comes. */
  public static TestProxy answering(String answer) throws IOException {
    return new TestProxy(answer, 0);
  }

  /** The first line of each request. */
  public BlockingQueue<String> requests() {
    return requests;
  }

  private void serve() throws IOException {
    while (true) {
      Socket client = listener.accept();
      background(() -> tunnel(client));
    }
  }

  private void tunnel(Socket client) throws IOException {
    try (client) {
      BufferedReader head =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      requests.add(head.readLine());
      while (!head.readLine().isEmpty()) {
        // the rest of the request
      }
      client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      if (tunnelTo != 0) {
        join(client);
      }
    }
  }

  private void join(Socket client) throws IOException {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), tunnelTo)) {
      background(() -> server.getInputStream().transferTo(client.getOutputStream()));
      client.getInputStream().transferTo(server.getOutputStream());
    }
  }

  private static void background(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // the connection, or the listener, has been closed
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    ProxySelector.setDefault(before);
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static final class Always extends ProxySelector {

    private final SocketAddress proxy;

    Always(SocketAddress proxy) {
      this.proxy =
          InetSocketAddress.createUnresolved("localhost", ((InetSocketAddress) proxy).getPort());
    }

    @Override
    public List<Proxy> select(URI uri) {
      return List.of(new Proxy(Proxy.Type.HTTP, proxy));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
  }
}
