package io.bradawl.it.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Fetches a page over and over, each time on a new connection, until its input ends; then prints
 * how often each outcome came: {@code answered=N}, {@code refused=N}, {@code reset=N}, {@code
 * other=N}.
 */
public final class SteadyLoad {
  private static final int CLIENTS = 4;
  private static final byte[] REQUEST =
      "GET / HTTP/1.0\r\nHost: server\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final InetSocketAddress server;
  private final Map<String, Integer> outcomes = new ConcurrentSkipListMap<>();
  private final AtomicBoolean stopped = new AtomicBoolean();

  private SteadyLoad(InetSocketAddress server) {
    this.server = server;
  }

  /** Arguments: host, port. */
  public static void main(String[] args) throws Exception {
    new SteadyLoad(new InetSocketAddress(args[0], Integer.parseInt(args[1]))).run();
  }

  private void run() throws Exception {
    Thread[] clients = new Thread[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
      clients[i] = new Thread(this::fetchUntilStopped, "client " + i);
      clients[i].start();
    }
    System.in.readAllBytes();
    stopped.set(true);
    for (Thread client : clients) {
      client.join();
    }
    outcomes.forEach((outcome, count) -> System.out.println(outcome + "=" + count));
  }

  private void fetchUntilStopped() {
    int fetched = 0;
    while (!stopped.get()) {
      String outcome = fetch();
      outcomes.merge(outcome, 1, Integer::sum);
      if (++fetched == 100) {
        System.out.println("load is steady");
      }
    }
  }

  private String fetch() {
    try (Socket socket = new Socket()) {
      socket.connect(server, 5000);
      socket.setSoTimeout(5000);
      socket.getOutputStream().write(REQUEST);
      return isAnswer(socket.getInputStream()) ? "answered" : "reset";
    } catch (ConnectException e) {
      return "refused";
    } catch (SocketException e) {
      return "reset";
    } catch (IOException e) {
      return "other";
    }
  }

  private static boolean isAnswer(InputStream input) throws IOException {
    return new String(input.readAllBytes(), StandardCharsets.US_ASCII).startsWith("HTTP/1.");
  }
}
