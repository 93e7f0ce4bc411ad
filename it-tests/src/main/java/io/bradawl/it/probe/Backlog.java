package io.bradawl.it.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Fills, or empties, a listener's accept queue. */
public final class Backlog {
  private Backlog() {}

  /**
   * Arguments: {@code idle <port>} listens and never accepts; {@code serve <port>} accepts, greets
   * and closes; {@code wait <host> <port> <count>} opens connections, then prints for each {@code
   * greeted} or {@code lost: ...}. {@code serve} and {@code idle} end when their input ends.
   */
  public static void main(String[] args) throws IOException {
    switch (args[0]) {
      case "idle" -> idle(Integer.parseInt(args[1]));
      case "serve" -> serve(Integer.parseInt(args[1]));
      default ->
          await(
              new InetSocketAddress(args[1], Integer.parseInt(args[2])), Integer.parseInt(args[3]));
    }
  }

  private static void idle(int port) throws IOException {
    try (ServerSocket listener = new ServerSocket(port)) {
      System.out.println("listening on " + listener.getLocalPort());
      System.in.readAllBytes();
    }
  }

  private static void serve(int port) throws IOException {
    ServerSocket listener = new ServerSocket(port);
    System.out.println("listening on " + port);
    while (true) {
      try (Socket accepted = listener.accept()) {
        accepted.getOutputStream().write('!');
      }
    }
  }

  private static void await(InetSocketAddress server, int count) throws IOException {
    Socket[] sockets = new Socket[count];
    for (int i = 0; i < count; i++) {
      sockets[i] = new Socket(server.getAddress(), server.getPort());
    }
    System.out.println("connected " + count);
    for (Socket socket : sockets) {
      System.out.println(fate(socket));
    }
  }

  private static String fate(Socket socket) {
    try (socket) {
      socket.setSoTimeout(40_000);
      return socket.getInputStream().read() == '!' ? "greeted" : "lost: end of stream";
    } catch (IOException e) {
      return "lost: " + e.getMessage();
    }
  }
}
