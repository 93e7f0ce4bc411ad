package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.nio.ByteBuffer;
import jdk.internal.access.JavaIOFileDescriptorAccess;
import jdk.internal.access.SharedSecrets;

/**
 * The static calls that the agent weaves into {@code DatagramChannelImpl} and {@code
 * DatagramDispatcher}. A socket that has nothing to do with peers costs one array look-up here, so
 * its packet rate stays what it was.
 */
public final class BradawlUdp {

  /** Tells an {@code int} entry hook's caller to run the JDK's own code. */
  public static final int GO_ON = Integer.MIN_VALUE;

  /** The same for {@code long}. */
  public static final long GO_ON_LONG = Long.MIN_VALUE;

  private static final JavaIOFileDescriptorAccess FD =
      SharedSecrets.getJavaIOFileDescriptorAccess();

  /** Network number in the upper, mask in the lower half; this one matches no address. */
  private static final long NO_RANGE = 0xFFFFFFFF_00000000L;

  private static final int BROADCAST = 0xFFFFFFFF;

  private static volatile long range = NO_RANGE;
  private static volatile BradawlUdpHooks hooks;

  /** By file descriptor number; replaced as a whole when it grows. */
  private static volatile BradawlUdpSocket[] sockets = new BradawlUdpSocket[0];

  private BradawlUdp() {}

  /**
   * Switches the hooks on.
   *
   * @param network number of the virtual range
   * @param mask its netmask
   */
  public static void install(BradawlUdpHooks agent, int network, int mask) {
    hooks = agent;
    range = (long) network << 32 | mask & 0xFFFFFFFFL;
  }

  /** Switches them off: sockets bound from now on are the JDK's alone. */
  public static void remove() {
    range = NO_RANGE;
  }

  static BradawlUdpHooks hooks() {
    return hooks;
  }

  /** Replaces {@code Net.bind} in {@code bindInternal}. Runs with the state lock held. */
  static void bind(
      ProtocolFamily family,
      FileDescriptor fd,
      InetAddress ip,
      int port,
      DatagramChannelImpl channel)
      throws IOException {
    Net.bind(family, fd, ip, port);
    BradawlUdpHooks agent = hooks;
    if (agent != null && range != NO_RANGE && port != 0 && agent.serves(ip, port)) {
      agent.bound(open(channel), port);
    }
  }

  /**
   * Replaces {@code Net.connect} in {@code connect}: the kernel never hears of a virtual address.
   */
  static int connect(
      ProtocolFamily family,
      FileDescriptor fd,
      InetAddress ip,
      int port,
      DatagramChannelImpl channel)
      throws IOException {
    if (isVirtual(ip) && hooks.isPeer(ip)) {
      open(channel).connect(channel, new InetSocketAddress(ip, port));
      return 1;
    }
    BradawlUdpSocket socket = find(channel);
    if (socket != null) {
      socket.disconnect();
    }
    return Net.connect(family, fd, ip, port);
  }

  /** Replaces {@code disconnect0} in {@code disconnect}. */
  static void disconnect(FileDescriptor fd, boolean ipv6, DatagramChannelImpl channel)
      throws IOException {
    BradawlUdpSocket socket = find(channel);
    if (socket == null || !socket.disconnect()) {
      BradawlUdpJdk.disconnect(fd, ipv6);
    }
  }

  /**
   * Runs before {@code implCloseSelectableChannel}, hence before the descriptor number can be used
   * again.
   */
  static boolean closing(DatagramChannelImpl channel) {
    BradawlUdpSocket socket = find(channel);
    if (socket != null) {
      socket.closing();
    }
    return false;
  }

  /** Runs before {@code receiveIntoNativeBuffer}. */
  static int receive(
      DatagramChannelImpl channel, ByteBuffer bb, int rem, int pos, boolean connected)
      throws IOException {
    BradawlUdpSocket socket = find(channel);
    return socket == null ? GO_ON : socket.receive(channel, bb, rem, pos, connected);
  }

  /** Runs before {@code sendFromNativeBuffer}. */
  static int send(
      DatagramChannelImpl channel, FileDescriptor fd, ByteBuffer bb, InetSocketAddress target)
      throws IOException {
    return isVirtual(target.getAddress()) ? open(channel).send(channel, bb, target) : GO_ON;
  }

  /** Runs before {@code DatagramDispatcher.read}. */
  static int read(DatagramDispatcher dispatcher, FileDescriptor fd, long address, int length)
      throws IOException {
    BradawlUdpSocket socket = findConnected(fd);
    return socket == null ? GO_ON : socket.read(address, length);
  }

  /** Runs before {@code DatagramDispatcher.readv}. */
  static long readv(DatagramDispatcher dispatcher, FileDescriptor fd, long address, int count)
      throws IOException {
    BradawlUdpSocket socket = findConnected(fd);
    return socket == null ? GO_ON_LONG : socket.readv(address, count);
  }

  /** Runs before {@code DatagramDispatcher.write}. */
  static int write(DatagramDispatcher dispatcher, FileDescriptor fd, long address, int length)
      throws IOException {
    BradawlUdpSocket socket = findConnected(fd);
    return socket == null ? GO_ON : socket.write(address, length);
  }

  /** Runs before {@code DatagramDispatcher.writev}. */
  static long writev(DatagramDispatcher dispatcher, FileDescriptor fd, long address, int count)
      throws IOException {
    BradawlUdpSocket socket = findConnected(fd);
    return socket == null ? GO_ON_LONG : socket.writev(address, count);
  }

  /** The hash code of an IPv4 address is the address itself. */
  private static boolean isVirtual(InetAddress ip) {
    if (!(ip instanceof Inet4Address)) {
      return false;
    }
    int number = ip.hashCode();
    long virtual = range;
    return (number & (int) virtual) == (int) (virtual >>> 32) && number != BROADCAST;
  }

  private static BradawlUdpSocket find(DatagramChannelImpl channel) {
    BradawlUdpSocket socket = at(channel.getFDVal());
    return socket != null && socket.isOf(channel) ? socket : null;
  }

  private static BradawlUdpSocket findConnected(FileDescriptor fd) {
    BradawlUdpSocket socket = at(FD.get(fd));
    return socket != null && socket.isConnected() && socket.isOf(fd) ? socket : null;
  }

  private static BradawlUdpSocket at(int fd) {
    BradawlUdpSocket[] all = sockets;
    return fd >= 0 && fd < all.length ? all[fd] : null;
  }

  private static BradawlUdpSocket open(DatagramChannelImpl channel) {
    BradawlUdpSocket socket = find(channel);
    return socket != null ? socket : add(channel);
  }

  private static synchronized BradawlUdpSocket add(DatagramChannelImpl channel) {
    BradawlUdpSocket socket = find(channel);
    if (socket != null) {
      return socket;
    }
    int fd = channel.getFDVal();
    BradawlUdpSocket[] all = sockets;
    if (fd >= all.length) {
      all = java.util.Arrays.copyOf(all, Math.max(64, Integer.highestOneBit(fd) << 1));
    }
    BradawlUdpSocket stale = all[fd];
    socket = new BradawlUdpSocket(channel);
    all[fd] = socket;
    sockets = all;
    if (stale != null) {
      hooks.closed(stale);
    }
    return socket;
  }

  static synchronized boolean remove(BradawlUdpSocket socket, int fd) {
    BradawlUdpSocket[] all = sockets;
    if (fd >= all.length || all[fd] != socket) {
      return false;
    }
    all[fd] = null;
    return true;
  }
}
