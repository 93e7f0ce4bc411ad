package io.bradawl.runtime.tcp;

import io.bradawl.runtime.loop.DriverLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The punch port of one outgoing connection. It serves only once: the connection that comes of it
 * keeps the port, and the next one to the same peer needs another.
 *
 * <p>Nobody has business with it before its punch begins, so until then it is only held, and the
 * kernel refuses strangers; from then on all are accepted as they come, so that none of them fills
 * the backlog.
 */
final class ClientPort {

  private final DriverLoop loop;
  private final NetworkChannel holder;
  private final PunchPort port;
  private @Nullable ServerSocketChannel listener;
  private DriverLoop.@Nullable Watch watch;

  private ClientPort(DriverLoop loop, NetworkChannel holder, PunchPort port) {
    this.loop = loop;
    this.holder = holder;
    this.port = port;
  }

  /**
   * @param wanted what the application asked for; port 0 for any
   */
  static ClientPort open(Surroundings with, InetSocketAddress wanted) throws IOException {
    NetworkChannel holder = PunchSockets.hold(wanted);
    InetSocketAddress local = (InetSocketAddress) holder.getLocalAddress();
    return new ClientPort(with.loop(), holder, PunchPort.mapped(with, local));
  }

  PunchPort port() {
    return port;
  }

  /** From now on, and not before, connections are accepted. */
  void accept(Consumer<SocketChannel> accepted) throws IOException {
    ServerSocketChannel open = PunchSockets.listen(port.local());
    listener = open;
    watch = loop.watch(open, SelectionKey.OP_ACCEPT, ops -> acceptAll(open, accepted));
  }

  void close() {
    port.close();
    if (watch != null) {
      watch.cancel();
    }
    if (listener != null) {
      PunchSockets.close(listener);
    }
    PunchSockets.close(holder);
  }

  private static void acceptAll(ServerSocketChannel listener, Consumer<SocketChannel> accepted) {
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
