package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An application's connect to a peer that is in progress.
 *
 * <p>The JDK caches a socket's descriptor <em>number</em>, so a socket is exchanged by placing
 * another one behind that number. While the agent looks for a path, a <em>gate</em> stands there: a
 * listening socket on loopback, which poll(2) and epoll(7) never call writable, on which every
 * socket option can be set, and which shutdown(2) makes ready at once. The JDK's own code waits on
 * it, with the application's time-out, and close and interrupt work as they always do.
 *
 * <p>An unbound socket becomes its own gate: the application's registrations with selectors hold
 * on. A bound one is exchanged for a gate, so that its local port is free for the punch.
 */
public abstract class BradawlTcpAttempt {

  /** Attempts whose outcome the application does not know yet, by owner. */
  private static final ConcurrentHashMap<Object, BradawlTcpAttempt> OPEN =
      new ConcurrentHashMap<>();

  final FileDescriptor fd;
  private final Object owner;
  final ProtocolFamily family;
  private final InetSocketAddress remote;
  private final long began = System.nanoTime();
  private InetSocketAddress bound;
  private volatile IOException failure;

  BradawlTcpAttempt(
      Object owner, FileDescriptor fd, ProtocolFamily family, InetSocketAddress remote) {
    this.owner = owner;
    this.fd = fd;
    this.family = family;
    this.remote = remote;
  }

  /** The virtual address and the port that the application connects to. */
  public final InetSocketAddress remote() {
    return remote;
  }

  /** When the application called, on the scale of {@link System#nanoTime}. */
  public final long began() {
    return began;
  }

  /**
   * What the application had bound the socket to, or {@code null}; free for others to bind from now
   * on.
   */
  public final InetSocketAddress bound() {
    return bound;
  }

  /**
   * Whether the application still waits: it has not closed the socket, nor has its time-out passed.
   */
  public final boolean isOpen() {
    boolean open = failure == null && connecting();
    if (!open && failure == null) {
      OPEN.remove(owner, this);
    }
    return open;
  }

  /**
   * Places {@code winner} behind the application's descriptor, with the application's socket
   * options and blocking mode, and lets its connect succeed. {@code winner} must be in no selector;
   * its own descriptor stays to be closed.
   *
   * @return {@code false} if the application no longer waits; nothing has been changed then
   * @throws IOException if the system refuses; the attempt is still to be failed then
   */
  public final boolean commit(SocketChannel winner) throws IOException {
    FileDescriptor connection = ((SocketChannelImpl) winner).getFD();
    boolean placed = place(connection);
    if (placed || !connecting()) {
      OPEN.remove(owner, this);
    }
    return placed;
  }

  /**
   * Lets the application's connect fail with {@code reason}. Does nothing if it no longer waits.
   */
  public final void fail(IOException reason) {
    failure = reason;
    try {
      if (!openGate()) {
        OPEN.remove(owner, this);
      }
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /** Whether the owner is in its "connecting" state; a look without lock. */
  abstract boolean connecting();

  /**
   * Exchanges what is behind the descriptor and wakes who waits for it, unless the owner waits no
   * more.
   */
  abstract boolean place(FileDescriptor connection) throws IOException;

  /** Exchanges what is behind the descriptor while nobody waits for it yet. */
  abstract void placeGate(FileDescriptor gate) throws IOException;

  /**
   * Shuts the gate down, which makes it ready for everybody who polls it, unless the owner waits no
   * more.
   */
  abstract boolean openGate() throws IOException;

  final void begin() throws IOException {
    forgetTheDead();
    InetSocketAddress local = Net.localAddress(fd);
    if (local.getPort() == 0) {
      listen(fd, family);
    } else {
      bound = local;
      exchangeForGate();
    }
    OPEN.put(owner, this);
  }

  static void throwIfFailed(Object owner) throws IOException {
    if (OPEN.isEmpty()) {
      return;
    }
    BradawlTcpAttempt attempt = OPEN.get(owner);
    if (attempt != null && attempt.failure != null) {
      OPEN.remove(owner, attempt);
      throw attempt.failure;
    }
  }

  /** Replaces the file behind {@code fd}; whoever polls the old one sees it hang up. */
  static void exchange(FileDescriptor fd, FileDescriptor by) throws IOException {
    int number = IOUtil.fdVal(fd);
    int old = BradawlTcpJdk.dup(number);
    try {
      BradawlTcpJdk.dup2(IOUtil.fdVal(by), number);
      shutdown(BradawlTcpJdk.descriptor(old));
    } finally {
      BradawlTcpJdk.close(old);
    }
  }

  static void shutdown(FileDescriptor gate) {
    try {
      Net.shutdown(gate, Net.SHUT_RDWR);
    } catch (IOException e) {
      // Not listening any more: already shut down.
    }
  }

  /**
   * A platform thread has been woken by the gate's hanging up; what epoll knows of the gate for a
   * virtual thread dies with it, perhaps before it is told.
   *
   * @param waiting what {@code NativeThread.current()} said in the thread that waits; 0 if none
   *     does
   */
  final void wake(long waiting) throws IOException {
    if (waiting != 0) {
      BradawlTcpJdk.wakeVirtualThread(IOUtil.fdVal(fd), waiting);
    }
  }

  private void exchangeForGate() throws IOException {
    FileDescriptor gate = Net.socket(family, true);
    try {
      listen(gate, family);
      BradawlTcpOptions.copy(fd, gate, family);
      placeGate(gate);
    } finally {
      BradawlTcpJdk.close(IOUtil.fdVal(gate));
    }
  }

  private static void listen(FileDescriptor gate, ProtocolFamily family) throws IOException {
    try {
      Net.bind(family, gate, Net.inet4LoopbackAddress(), 0);
    } catch (IOException e) {
      // No IPv4 loopback on this host: listen() will choose the port, on all addresses.
    }
    Net.listen(gate, 1);
  }

  /** Applications may drop a channel whose connect has failed without ever asking why. */
  private static void forgetTheDead() {
    for (BradawlTcpAttempt attempt : OPEN.values()) {
      if (!attempt.connecting()) {
        OPEN.remove(attempt.owner, attempt);
      }
    }
  }
}
