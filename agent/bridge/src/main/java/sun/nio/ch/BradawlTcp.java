package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;

/**
 * Where the woven TCP code of the JDK enters: each method stands in for the call of the same name,
 * with the caller's {@code this} as an additional last argument. Without hooks, and for everything
 * that is not a peer's, each does what the replaced call does.
 */
public final class BradawlTcp {

  private static volatile Attachment attachment;

  private BradawlTcp() {}

  /**
   * Begins to divert connects to the virtual range.
   *
   * @param first network address of the range as a number
   * @param mask the range's netmask
   */
  public static synchronized void attach(BradawlTcpHooks hooks, int first, int mask) {
    attachment = new Attachment(hooks, first, mask);
  }

  /** From now on no connect is diverted; what has begun is brought to its end. */
  public static synchronized void detach() {
    if (attachment != null) {
      attachment = new Attachment(attachment.hooks, 1, 0); // a range without an address
    }
  }

  static int connect(FileDescriptor fd, InetAddress remote, int port, NioSocketImpl owner)
      throws IOException {
    Attachment to = attachment;
    if (to == null || !to.covers(remote)) {
      return Net.connect(fd, remote, port);
    }
    return begin(to, new BradawlTcpSocketAttempt(owner, fd, new InetSocketAddress(remote, port)));
  }

  static int connect(
      FileDescriptor fd, InetAddress remote, int port, UnixAsynchronousSocketChannelImpl owner)
      throws IOException {
    Attachment to = attachment;
    if (to == null || !to.covers(remote)) {
      return Net.connect(fd, remote, port);
    }
    return begin(to, new BradawlTcpAsyncAttempt(owner, fd, new InetSocketAddress(remote, port)));
  }

  static int connect(
      ProtocolFamily family, FileDescriptor fd, SocketAddress remote, SocketChannelImpl owner)
      throws IOException {
    return connect(family, fd, remote, owner, false);
  }

  /** For {@code SocketChannelImpl.blockingConnect}, which keeps a time-out. */
  static int connectTimed(
      ProtocolFamily family, FileDescriptor fd, SocketAddress remote, SocketChannelImpl owner)
      throws IOException {
    return connect(family, fd, remote, owner, true);
  }

  /** A failed attempt's reason takes the place of the gate's own state. */
  static boolean pollConnectNow(FileDescriptor fd, NioSocketImpl owner) throws IOException {
    BradawlTcpAttempt.throwIfFailed(owner);
    return Net.pollConnectNow(fd);
  }

  static boolean pollConnectNow(FileDescriptor fd, SocketChannelImpl owner) throws IOException {
    BradawlTcpAttempt.throwIfFailed(owner);
    return Net.pollConnectNow(fd);
  }

  /** What it replaces is private in {@code UnixAsynchronousSocketChannelImpl}. */
  static void checkConnect(int fd, UnixAsynchronousSocketChannelImpl owner) throws IOException {
    BradawlTcpAttempt.throwIfFailed(owner);
    BradawlTcpJdk.checkConnect(fd);
  }

  static int accept(FileDescriptor fd, FileDescriptor accepted, InetSocketAddress[] remote)
      throws IOException {
    BradawlTcpListener listener = BradawlTcpListener.at(fd);
    return listener == null ? Net.accept(fd, accepted, remote) : listener.accept(accepted, remote);
  }

  /** On entry of {@code close}, which is about to begin: false lets it. */
  static boolean closing(NioSocketImpl socket) {
    if (BradawlTcpListener.any() && BradawlTcpSocketAttempt.isServer(socket)) {
      BradawlTcpListener.closing(BradawlTcpSocketAttempt.descriptor(socket));
    }
    return false;
  }

  static boolean closing(ServerSocketChannelImpl channel) {
    BradawlTcpListener.closing(channel.getFD());
    return false;
  }

  static boolean closing(UnixAsynchronousServerSocketChannelImpl channel) {
    BradawlTcpListener.closing(channel.fd);
    return false;
  }

  static BradawlTcpHooks hooks() {
    return attachment.hooks;
  }

  private static int connect(
      ProtocolFamily family,
      FileDescriptor fd,
      SocketAddress remote,
      SocketChannelImpl owner,
      boolean timed)
      throws IOException {
    Attachment to = attachment;
    InetSocketAddress peer = (InetSocketAddress) remote;
    if (to == null || !to.covers(peer.getAddress())) {
      return Net.connect(family, fd, remote);
    }
    return begin(to, new BradawlTcpChannelAttempt(owner, fd, family, peer, timed));
  }

  private static int begin(Attachment to, BradawlTcpAttempt attempt) throws IOException {
    attempt.begin();
    to.hooks.connecting(attempt);
    return IOStatus.UNAVAILABLE;
  }

  private static final class Attachment {

    final BradawlTcpHooks hooks;
    private final int first;
    private final int mask;

    Attachment(BradawlTcpHooks hooks, int first, int mask) {
      this.hooks = hooks;
      this.first = first;
      this.mask = mask;
    }

    /** The hash code of an Inet4Address is the address: the one way to it without allocation. */
    boolean covers(InetAddress address) {
      return address instanceof Inet4Address && (address.hashCode() & mask) == first;
    }
  }
}
