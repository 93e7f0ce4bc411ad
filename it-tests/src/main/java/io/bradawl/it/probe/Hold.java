package io.bradawl.it.probe;

import java.io.IOException;
import java.net.Socket;

/**
 * Connects as often as told, prints {@code connected to <address>} each time and {@code all N
 * connected} at last, and holds the connections until its input ends.
 */
public final class Hold {

  private Hold() {}

  /** Arguments: host, port, how many connections. */
  public static void main(String[] args) throws IOException {
    hold(args[0], Integer.parseInt(args[1]), 0, Integer.parseInt(args[2]));
  }

  private static void hold(String host, int port, int held, int wanted) throws IOException {
    if (held == wanted) {
      System.out.println("all " + held + " connected");
      while (System.in.read() >= 0) {
        // What it says is of no interest.
      }
      return;
    }
    try (Socket socket = new Socket(host, port)) {
      System.out.println("connected to " + socket.getRemoteSocketAddress());
      hold(host, port, held + 1, wanted);
    }
  }
}
