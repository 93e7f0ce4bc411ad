package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.Channel;

/**
 * Gives TCP sockets SO_REUSEADDR and SO_REUSEPORT. Does nothing until told to by {@link
 * #everywhere} or {@link #onlyAt}.
 */
public final class BradawlReuse {

  private static volatile boolean everywhere;
  private static volatile BradawlPorts ports;

  private BradawlReuse() {}

  /** From now on every TCP socket is made reusable when it is created. */
  public static void everywhere() {
    everywhere = true;
  }

  /** From now on TCP sockets are made reusable when they are bound to one of these ports. */
  public static void onlyAt(BradawlPorts these) {
    ports = these;
  }

  /** From now on sockets are made as the JDK makes them. */
  public static void nowhere() {
    everywhere = false;
    ports = null;
  }

  /**
   * Sets both options on a TCP socket, in whatever state it is; a listener may be listening
   * already.
   */
  public static void makeReusable(FileDescriptor fd) throws IOException {
    Net.setSocketOption(fd, Net.UNSPEC, StandardSocketOptions.SO_REUSEADDR, Boolean.TRUE);
    if (Net.isReusePortAvailable()) {
      Net.setSocketOption(fd, Net.UNSPEC, StandardSocketOptions.SO_REUSEPORT, Boolean.TRUE);
    }
  }

  /** On exit of {@code Net.socket}, and of {@code Net.serverSocket} in 17. */
  static FileDescriptor created(FileDescriptor fd, ProtocolFamily family, boolean stream) {
    if (stream && everywhere) {
      tryToMakeReusable(fd);
    }
    return fd;
  }

  /** On exit of {@code Net.serverSocket} in later versions. */
  static FileDescriptor created(FileDescriptor fd, ProtocolFamily family) {
    return created(fd, family, true);
  }

  /** On exit of {@code InheritedChannel.getChannel}: the socket is bound already. */
  static Channel inherited(Channel channel) throws IOException {
    boolean server = channel instanceof ServerSocketChannelImpl;
    if (!server && !(channel instanceof SocketChannelImpl)) {
      return channel;
    }
    FileDescriptor fd = ((SelChImpl) channel).getFD();
    if (everywhere || includes(Net.localAddress(fd))) {
      tryToMakeReusable(fd);
    }
    if (server) {
      BradawlListen.listening(fd);
    }
    return channel;
  }

  /** On exit of {@code NetHooks.beforeTcpBind}, which every TCP API of the JDK calls. */
  public static void binding(FileDescriptor fd, InetAddress address, int port) {
    BradawlPorts these = ports;
    if (these != null && these.includes(port)) {
      tryToMakeReusable(fd);
    }
  }

  /**
   * On exit of the same, and of {@code NetHooks.beforeTcpConnect}, where sockets are not created by
   * {@code Net}: in 17 with {@code -Djdk.net.usePlainSocketImpl=true}.
   */
  public static void plain(FileDescriptor fd, InetAddress address, int port) {
    if (everywhere) {
      tryToMakeReusable(fd);
    }
  }

  private static boolean includes(InetSocketAddress local) {
    BradawlPorts these = ports;
    return these != null && these.includes(local.getPort());
  }

  /** A socket without the options still serves the application, which did not ask for them. */
  private static void tryToMakeReusable(FileDescriptor fd) {
    try {
      makeReusable(fd);
    } catch (IOException e) {
      return;
    }
  }
}
