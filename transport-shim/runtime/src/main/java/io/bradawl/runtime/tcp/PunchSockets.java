package io.bradawl.runtime.tcp;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.tcp.PunchInput.Cause;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Locale;

/** Non-blocking sockets that share one local port. */
final class PunchSockets {

  private static final int BACKLOG = 16;

  private PunchSockets() {}

  /** Keeps a port, and chooses one for port 0, without listening on it. */
  static NetworkChannel hold(InetSocketAddress local) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      share(channel);
      return channel.bind(local);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  static ServerSocketChannel listen(InetSocketAddress local) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.configureBlocking(false);
      share(channel);
      return channel.bind(local, BACKLOG);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Begins to connect; the channel may be connected already when it is returned. */
  static SocketChannel dial(InetSocketAddress local, InetSocketAddress remote) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      share(channel);
      channel.bind(local);
      channel.connect(remote);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Without a TIME_WAIT, which would block the next attempt between the same two addresses. */
  static void abort(SocketChannel channel) {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // Closed already, or about to be: nothing lingers.
    }
    close(channel);
  }

  static void close(NetworkChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The descriptor is released whatever close says.
    }
  }

  /** Why a connect failed, from what the JDK makes of errno. */
  static Cause causeOf(IOException failure) {
    String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (failure instanceof NoRouteToHostException || text.contains("unreachable")) {
      return Cause.UNREACHABLE;
    }
    if (failure instanceof BindException) {
      return text.contains("assign") || text.contains("in use")
          ? Cause.ADDRESS_NOT_AVAILABLE
          : Cause.UNREACHABLE; // EACCES, EPERM: a local firewall
    }
    if (text.contains("timed out")) {
      return Cause.TIMEOUT;
    }
    return failure instanceof ConnectException || text.contains("reset")
        ? Cause.REFUSED
        : Cause.OTHER;
  }

  static TransportAddress address(InetSocketAddress socketAddress) {
    return new TransportAddress(socketAddress.getAddress(), socketAddress.getPort());
  }

  static InetSocketAddress socketAddress(TransportAddress address) {
    return new InetSocketAddress(address.ip(), address.port());
  }

  static TransportAddress localOf(SocketChannel channel) throws IOException {
    return address((InetSocketAddress) channel.getLocalAddress());
  }

  private static void share(NetworkChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
      channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    }
  }
}
