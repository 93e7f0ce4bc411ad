package io.bradawl.it.soak.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A TCP service under load.
 *
 * @param isPlain whether its port is {@code authenticated}, not {@code encrypted}
 */
record Target(String host, int port, boolean isPlain) {
  private static final int CONNECT_MILLIS = 15_000;

  /** A connection that waits no longer than told for anything that it reads. */
  Socket connect(int patienceMillis) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), CONNECT_MILLIS);
      socket.setSoTimeout(patienceMillis);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
