package sun.nio.ch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A connection to a listener of the same process whose only purpose is to make its accept return.
 */
final class BradawlTcpBell {

  private final SocketChannel channel;

  private BradawlTcpBell(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * Rings at {@code listener}. The bell's address is known before it rings, so that accept cannot
   * take it for a guest.
   *
   * @param bells where the bell is to be found by its address, and taken out when it was heard
   */
  static void ring(
      InetSocketAddress listener, ConcurrentHashMap<InetSocketAddress, BradawlTcpBell> bells)
      throws IOException {
    InetAddress at = listener.getAddress();
    if (!at.isAnyLocalAddress()) {
      ring(at, listener.getPort(), bells);
      return;
    }
    try {
      ring(Net.inet4LoopbackAddress(), listener.getPort(), bells);
    } catch (IOException e) {
      ring(Net.inet6LoopbackAddress(), listener.getPort(), bells);
    }
  }

  private static void ring(
      InetAddress at, int port, ConcurrentHashMap<InetSocketAddress, BradawlTcpBell> bells)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    BradawlTcpBell bell = new BradawlTcpBell(channel);
    InetSocketAddress address = null;
    try {
      channel.configureBlocking(false); // a full backlog wakes the application without our help
      channel.setOption(StandardSocketOptions.SO_LINGER, 0); // leaves no TIME_WAIT behind
      channel.bind(new InetSocketAddress(at, 0));
      address = (InetSocketAddress) channel.getLocalAddress();
      bells.put(address, bell);
      channel.connect(new InetSocketAddress(at, port));
    } catch (IOException e) {
      bell.close();
      if (address != null) {
        bells.remove(address, bell);
      }
      throw e;
    }
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It has rung, or it never will.
    }
  }
}
