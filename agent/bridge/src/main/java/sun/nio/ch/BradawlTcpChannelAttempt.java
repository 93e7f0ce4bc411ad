package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** A {@code SocketChannel}: a thread waits in connect, or selectors wait for OP_CONNECT. */
final class BradawlTcpChannelAttempt extends BradawlTcpAttempt {

  private static final int CONNECTION_PENDING = 1;
  private static final MethodHandle STATE =
      BradawlTcpJdk.field(SocketChannelImpl.class, "state", int.class);
  private static final MethodHandle STATE_LOCK =
      BradawlTcpJdk.field(SocketChannelImpl.class, "stateLock", Object.class);
  private static final MethodHandle WAITING =
      BradawlTcpJdk.field(SocketChannelImpl.class, "readerThread", long.class);

  /** Set where a virtual thread has waited on the channel. */
  private static final MethodHandle FORCED_NON_BLOCKING =
      BradawlTcpJdk.fieldIfPresent(SocketChannelImpl.class, "forcedNonBlocking", boolean.class);

  private final SocketChannelImpl channel;
  private final boolean timed;

  /**
   * @param timed whether a time-out is kept by polling in non-blocking mode, as {@code
   *     socket().connect(address, millis)} does
   */
  BradawlTcpChannelAttempt(
      SocketChannelImpl channel,
      FileDescriptor fd,
      ProtocolFamily family,
      InetSocketAddress remote,
      boolean timed) {
    super(channel, fd, family, remote);
    this.channel = channel;
    this.timed = timed;
  }

  @Override
  boolean connecting() {
    try {
      return (int) STATE.invokeExact(channel) == CONNECTION_PENDING;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  boolean place(FileDescriptor connection) throws IOException {
    synchronized (BradawlTcpJdk.read(STATE_LOCK, channel)) {
      if (!connecting()) {
        return false;
      }
      BradawlTcpOptions.copy(fd, connection, family);
      IOUtil.configureBlocking(connection, blocking());
      exchangeInSelectors(connection);
      wake((Long) BradawlTcpJdk.read(WAITING, channel));
    }
    return true;
  }

  @Override
  void placeGate(FileDescriptor gate) throws IOException {
    synchronized (BradawlTcpJdk.read(STATE_LOCK, channel)) {
      if (connecting()) {
        IOUtil.configureBlocking(gate, blocking());
        exchangeInSelectors(gate);
      }
    }
  }

  @Override
  boolean openGate() throws IOException {
    synchronized (BradawlTcpJdk.read(STATE_LOCK, channel)) {
      boolean waits = connecting();
      if (waits) {
        shutdown(fd);
      }
      return waits;
    }
  }

  /**
   * Whether the descriptor is to be in blocking mode, which is not always what the channel shows.
   */
  private boolean blocking() throws IOException {
    boolean forced =
        FORCED_NON_BLOCKING != null && (Boolean) BradawlTcpJdk.read(FORCED_NON_BLOCKING, channel);
    return channel.isBlocking() && !timed && !forced;
  }

  private void exchangeInSelectors(FileDescriptor connection) throws IOException {
    synchronized (BradawlTcpJdk.keyLock(channel)) {
      SelectionKey[] keys = BradawlTcpJdk.keys(channel);
      exchangeInSelectors(connection, keys == null ? new SelectionKey[0] : keys, 0);
    }
  }

  /**
   * epoll registers files, not numbers: under the lock of every selector concerned, the old file
   * goes out and the new one comes in.
   */
  private void exchangeInSelectors(FileDescriptor connection, SelectionKey[] keys, int at)
      throws IOException {
    if (at == keys.length) {
      exchange(fd, connection);
      return;
    }
    SelectionKeyImpl key = (SelectionKeyImpl) keys[at];
    Selector selector = key == null ? null : key.selector();
    if (!(selector instanceof EPollSelectorImpl) || !selector.isOpen()) {
      exchangeInSelectors(connection, keys, at + 1);
      return;
    }
    EPollSelectorImpl epoll = (EPollSelectorImpl) selector;
    synchronized (BradawlTcpJdk.updateLock(epoll)) {
      int number = BradawlTcpJdk.epoll(epoll);
      int events = key.registeredEvents();
      int descriptor = IOUtil.fdVal(fd);
      if (events != 0) {
        EPoll.ctl(number, EPoll.EPOLL_CTL_DEL, descriptor, 0);
      }
      exchangeInSelectors(connection, keys, at + 1);
      if (events != 0) {
        EPoll.ctl(number, EPoll.EPOLL_CTL_ADD, descriptor, events);
        if (!key.isValid()) { // cancelled meanwhile, and perhaps already taken out
          EPoll.ctl(number, EPoll.EPOLL_CTL_DEL, descriptor, 0);
        }
      }
    }
  }
}
