package io.bradawl.agent.it;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;

/** A listener of this process, which has no agent, on a port of the application. */
final class SecondBind {

  private SecondBind() {}

  /** Whether both processes can listen on this port of the loopback interface. */
  static boolean succeeds(int port) throws IOException {
    try (ServerSocketChannel second = ServerSocketChannel.open()) {
      second.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      second.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (BindException e) {
      return false;
    }
  }
}
