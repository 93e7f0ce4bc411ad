package io.bradawl.agent.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** An application that says whether the bridge has been defined in its JVM. */
final class WovenClasses {

  private WovenClasses() {}

  public static void main(String[] arguments) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      System.out.println("bridge " + isDefined() + " " + server.isBound());
    }
  }

  private static boolean isDefined() {
    try {
      Class.forName("sun.nio.ch.BradawlListen", false, null);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
