package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An application's listening socket that peers may reach: a queue of connections that did not come
 * through its backlog, and a doorbell that wakes the application's accept when there is something
 * in it.
 */
public final class BradawlTcpListener {

  private static final ConcurrentHashMap<FileDescriptor, BradawlTcpListener> LISTENERS =
      new ConcurrentHashMap<>();

  private final FileDescriptor fd;
  private final InetSocketAddress local;
  private final ConcurrentLinkedQueue<Delivery> queue = new ConcurrentLinkedQueue<>();
  private final Set<InetSocketAddress> expected = ConcurrentHashMap.newKeySet();
  private final ConcurrentHashMap<InetSocketAddress, BradawlTcpBell> bells =
      new ConcurrentHashMap<>();
  private volatile boolean closed;

  private BradawlTcpListener(FileDescriptor fd) throws IOException {
    this.fd = fd;
    this.local = Net.localAddress(fd);
  }

  /** Makes a listening socket of the application reachable for deliveries, until it is closed. */
  public static BradawlTcpListener open(FileDescriptor fd) throws IOException {
    BradawlTcpListener listener = new BradawlTcpListener(fd);
    LISTENERS.put(fd, listener);
    return listener;
  }

  /**
   * The JDK uses one FileDescriptor object for a listener's whole life, and equality is identity.
   */
  static BradawlTcpListener at(FileDescriptor fd) {
    return LISTENERS.isEmpty() ? null : LISTENERS.get(fd);
  }

  static boolean any() {
    return !LISTENERS.isEmpty();
  }

  /** The application closes the socket, if it is one of ours. */
  static void closing(FileDescriptor fd) {
    BradawlTcpListener listener = fd == null ? null : at(fd);
    if (listener != null) {
      listener.close();
      BradawlTcp.hooks().closed(listener);
    }
  }

  /** What the application bound. */
  public InetSocketAddress local() {
    return local;
  }

  /** Whether the application has not closed it. */
  public boolean isOpen() {
    return !closed;
  }

  /** Lets the port be shared with punching sockets, if it is not already. */
  public void makeReusable() throws IOException {
    BradawlReuse.makeReusable(fd);
  }

  /**
   * From now on a connection from {@code remote}, or from another port of the same host, goes to
   * {@link BradawlTcpHooks#punched}.
   */
  public void expect(InetSocketAddress remote) {
    expected.add(remote);
  }

  public void forget(InetSocketAddress remote) {
    expected.remove(remote);
  }

  /**
   * Gives a connection to the application's next accept. {@code connection} must be in no selector;
   * its own descriptor stays to be closed.
   *
   * @param remote what the application is to see as the remote address
   * @return {@code false} if the application has closed the listener
   */
  public boolean deliver(SocketChannel connection, InetSocketAddress remote) throws IOException {
    int copy = BradawlTcpJdk.dup(((SocketChannelImpl) connection).getFDVal());
    queue.add(new Delivery(copy, remote));
    if (closed) {
      close();
      return false;
    }
    if (bells.isEmpty()) { // one that is not yet heard will do for all
      ring();
    }
    return true;
  }

  /** Whether deliveries wait for the application. */
  public boolean waiting() {
    return !queue.isEmpty();
  }

  /**
   * Wakes the application's accept. To be repeated now and then while {@link #waiting}: where two
   * processes share the port, the kernel may lead the bell to the other one.
   */
  public void ring() {
    try {
      BradawlTcpBell.ring(local, bells);
    } catch (IOException e) {
      // The listener is being closed, or a later ring will be heard.
    }
  }

  /** Ends deliveries: what waits is closed. */
  public void close() {
    closed = true;
    LISTENERS.remove(fd, this);
    Delivery delivery;
    while ((delivery = queue.poll()) != null) {
      BradawlTcpJdk.close(delivery.fd);
    }
    for (BradawlTcpBell bell : bells.values()) {
      bell.close();
    }
    bells.clear();
  }

  /** Stands in for {@code Net.accept}. */
  int accept(FileDescriptor accepted, InetSocketAddress[] remote) throws IOException {
    while (true) {
      Delivery delivery = queue.poll();
      if (delivery != null) {
        IOUtil.setfdVal(accepted, delivery.fd);
        remote[0] = delivery.remote;
        return 1;
      }
      int n = Net.accept(fd, accepted, remote);
      if (n <= 0 || !isOurs(accepted, remote[0])) {
        return n;
      }
      IOUtil.setfdVal(accepted, -1);
      remote[0] = null;
    }
  }

  private boolean isOurs(FileDescriptor accepted, InetSocketAddress remote) throws IOException {
    if (isExpected(remote)) {
      FileDescriptor connection = IOUtil.newFD(IOUtil.fdVal(accepted));
      IOUtil.configureBlocking(connection, true);
      BradawlTcp.hooks()
          .punched(
              this,
              new SocketChannelImpl(SelectorProvider.provider(), family(), connection, remote));
      return true;
    }
    BradawlTcpBell bell = bells.isEmpty() ? null : bells.remove(remote);
    if (bell != null) {
      bell.close();
      BradawlTcpJdk.close(IOUtil.fdVal(accepted));
    }
    return bell != null;
  }

  /** A NAT may give the host another port for every destination. */
  private boolean isExpected(InetSocketAddress remote) {
    for (InetSocketAddress each : expected) {
      if (each.getAddress().equals(remote.getAddress())) {
        return bells.isEmpty() || !bells.containsKey(remote);
      }
    }
    return false;
  }

  private static StandardProtocolFamily family() {
    return Net.isIPv6Available() ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
  }

  private static final class Delivery {

    final int fd;
    final InetSocketAddress remote;

    Delivery(int fd, InetSocketAddress remote) {
      this.fd = fd;
      this.remote = remote;
    }
  }
}
