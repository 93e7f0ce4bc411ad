package io.bradawl.runtime.splice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;

/**
 * Both ends of a connection within this host. Any process may connect to a loopback port while it
 * is listened on, so both ends are compared before either is used.
 *
 * @param application blocking, with the options of a new socket
 * @param own blocking
 */
record LoopbackPair(SocketChannel application, SocketChannel own) {

  private static final int BACKLOG = 8;
  private static final int ACCEPT_MILLIS = 2_000;

  static LoopbackPair open() throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      alone(listener);
      InetAddress loopback = InetAddress.getLoopbackAddress();
      listener.bind(new InetSocketAddress(loopback, 0), BACKLOG);
      SocketChannel application = SocketChannel.open();
      try {
        application.connect(listener.getLocalAddress());
        return new LoopbackPair(application, accept(listener, application.getLocalAddress()));
      } catch (IOException | RuntimeException e) {
        application.close();
        throw e;
      }
    }
  }

  /** The agent makes all ports of this process shareable; nobody is to share this one. */
  private static void alone(ServerSocketChannel listener) throws IOException {
    Set<?> supported = listener.supportedOptions();
    if (supported.contains(StandardSocketOptions.SO_REUSEPORT)) {
      listener.setOption(StandardSocketOptions.SO_REUSEPORT, false);
    }
  }

  private static SocketChannel accept(ServerSocketChannel listener, SocketAddress from)
      throws IOException {
    listener.socket().setSoTimeout(ACCEPT_MILLIS);
    while (true) {
      SocketChannel accepted = listener.socket().accept().getChannel();
      if (from.equals(accepted.getRemoteAddress())) {
        return accepted;
      }
      accepted.close();
    }
  }

  void close() throws IOException {
    application.close();
    own.close();
  }
}
