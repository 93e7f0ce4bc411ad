package io.bradawl.runtime.splice;

import io.bradawl.runtime.dial.Keepalive;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Both ends of a connection within this host. Any process may connect to a loopback port while it
 * is listened on, so both ends are compared before either is used.
 *
 * <p>An application that closes its end says no more than one that has said all and still listens:
 * a FIN. So the own end asks from time to time: a minute after a close the kernel knows nothing of
 * the application's end any more, and answers by a reset.
 *
 * @param application blocking, with the options of a new socket
 * @param own blocking; is reset within three minutes after the other end was closed
 */
record LoopbackPair(SocketChannel application, SocketChannel own) {

  private static final int BACKLOG = 8;
  private static final int ACCEPT_MILLIS = 2_000;

  static LoopbackPair open() throws IOException {
    LoopbackPair pair = connect();
    try {
      Keepalive.on(pair.own);
      return pair;
    } catch (IOException | RuntimeException e) {
      pair.close();
      throw e;
    }
  }

  private static LoopbackPair connect() throws IOException {
    try (ServerSocketChannel listener = listen()) {
      SocketChannel application = SocketChannel.open();
      try {
        application.connect(listener.getLocalAddress());
        SocketAddress from = application.getLocalAddress();
        return new LoopbackPair(application, accept(listener, from, ACCEPT_MILLIS));
      } catch (IOException | RuntimeException e) {
        application.close();
        throw e;
      }
    }
  }

  /** On a port that is not shared, as the agent makes all others of this process. */
  static ServerSocketChannel listen() throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      if (listener.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
        listener.setOption(StandardSocketOptions.SO_REUSEPORT, false);
      }
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
      return listener;
    } catch (IOException | RuntimeException e) {
      listener.close();
      throw e;
    }
  }

  /** The connection that comes from {@code from}; all others are closed. */
  static SocketChannel accept(ServerSocketChannel listener, SocketAddress from, int millis)
      throws IOException {
    listener.socket().setSoTimeout(millis);
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
