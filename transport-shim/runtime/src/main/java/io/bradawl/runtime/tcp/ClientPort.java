package io.bradawl.runtime.tcp;

import io.bradawl.runtime.loop.DriverLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The punch port of one outgoing connection, with a listener of its own. It serves only once: the
 * connection that comes of it keeps the port, and the next one to the same peer needs another.
 */
final class ClientPort {

  private final DriverLoop loop;
  private final ServerSocketChannel listener;
  private final PunchPort port;
  private DriverLoop.@Nullable Watch watch;

  private ClientPort(DriverLoop loop, ServerSocketChannel listener, PunchPort port) {
    this.loop = loop;
    this.listener = listener;
    this.port = port;
  }

  /**
   * @param wanted what the application asked for; port 0 for any
   */
  static ClientPort open(Surroundings with, InetSocketAddress wanted) throws IOException {
    ServerSocketChannel listener = PunchSockets.listen(wanted);
    InetSocketAddress local = (InetSocketAddress) listener.getLocalAddress();
    return new ClientPort(with.loop(), listener, PunchPort.mapped(with, local));
  }

  PunchPort port() {
    return port;
  }

  /** From now on, and not before, connections are accepted. */
  void accept(Consumer<SocketChannel> accepted) throws IOException {
    watch = loop.watch(listener, SelectionKey.OP_ACCEPT, ops -> acceptAll(accepted));
  }

  void close() {
    port.close();
    if (watch != null) {
      watch.cancel();
    }
    PunchSockets.close(listener);
  }

  private void acceptAll(Consumer<SocketChannel> accepted) {
    try {
      SocketChannel channel;
      while (listener.isOpen() && (channel = listener.accept()) != null) {
        accepted.accept(channel);
      }
    } catch (IOException e) {
      // Reset before it was accepted, or out of descriptors: the punch goes on without it.
    }
  }
}
