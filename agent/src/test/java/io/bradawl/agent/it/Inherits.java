package io.bradawl.agent.it;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * An application that is given its listener by whoever starts it, as inetd does. It says when it
 * has it and closes every connection it accepts.
 */
final class Inherits {

  private Inherits() {}

  public static void main(String[] arguments) throws IOException {
    // The JDK takes System.out away when it hands out the listener.
    try (PrintStream out = new PrintStream("/dev/stdout");
        ServerSocketChannel inherited = (ServerSocketChannel) System.inheritedChannel()) {
      out.println("inherited");
      while (inherited.isOpen()) {
        SocketChannel accepted = inherited.accept();
        accepted.close();
      }
    }
  }
}
