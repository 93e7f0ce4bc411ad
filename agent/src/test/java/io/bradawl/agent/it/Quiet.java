package io.bradawl.agent.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.DatagramChannel;

/** An application that uses the network a little and says whether it sees anything of the agent. */
final class Quiet {

  private Quiet() {}

  public static void main(String[] arguments) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept();
        DatagramChannel datagrams = DatagramChannel.open().bind(null)) {
      accepted.getOutputStream().write(42);
      System.out.println("read " + client.getInputStream().read() + " " + datagrams.isOpen());
    }
    for (String hidden :
        new String[] {"io.bradawl.agent.start.AgentStart", "net.bytebuddy.jar.asm.Type"}) {
      System.out.println(hidden + " " + isVisible(hidden));
    }
  }

  /**
   * Looked up where the agent's jar alone is on the path: the tests' own class path has these
   * classes.
   */
  private static boolean isVisible(String name) {
    try {
      return Class.forName(name, false, ClassLoader.getSystemClassLoader())
          .getProtectionDomain()
          .getCodeSource()
          .getLocation()
          .getPath()
          .endsWith("bradawl-agent.jar");
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
