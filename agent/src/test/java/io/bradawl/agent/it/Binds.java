package io.bradawl.agent.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** An application that listens on the port of its argument, twice if that is 0, for any. */
final class Binds {

  private Binds() {}

  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket first = new ServerSocket(port, 1, loopback)) {
      if (port == 0) {
        new ServerSocket(first.getLocalPort(), 1, loopback).close();
      }
    }
  }
}
