package io.bradawl.runtime.signal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Where every connect is refused: the port is taken, so nobody else gets it, and nobody listens.
 */
final class RefusingPort implements AutoCloseable {

  private final Socket holder = new Socket();

  /**
   * @param port 0 for any
   */
  RefusingPort(int port) throws IOException {
    holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  int number() {
    return holder.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    holder.close();
  }
}
