package io.bradawl.it.probe;

import java.io.IOException;
import java.net.Socket;

/** Connects, prints {@code connected}, and holds the connection until its input ends. */
public final class Hold {

  private Hold() {}

  /** Arguments: host, port. */
  public static void main(String[] args) throws IOException {
    try (Socket socket = new Socket(args[0], Integer.parseInt(args[1]))) {
      System.out.println("connected to " + socket.getRemoteSocketAddress());
      while (System.in.read() >= 0) {
        // What it says is of no interest.
      }
    }
  }
}
