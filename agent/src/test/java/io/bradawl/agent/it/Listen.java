package io.bradawl.agent.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;

/**
 * An application that says {@link #READY}, waits for a line of input, listens twice on the port of
 * its argument (0: on any), prints the port and waits for its input to end.
 */
final class Listen {

  static final String READY = "ready";

  private Listen() {}

  public static void main(String[] arguments) throws IOException {
    System.out.println(READY);
    int begin = System.in.read();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    SocketAddress local = new InetSocketAddress(loopback, Integer.parseInt(arguments[0]));
    try (ServerSocket first = new ServerSocket();
        ServerSocket second = new ServerSocket()) {
      first.bind(local);
      second.bind(first.getLocalSocketAddress());
      System.out.println(first.getLocalPort());
      while (begin >= 0) {
        begin = System.in.read();
      }
    }
  }
}
