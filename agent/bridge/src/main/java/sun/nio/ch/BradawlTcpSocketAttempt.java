package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.net.InetSocketAddress;
import java.net.SocketImpl;

/** A {@code java.net.Socket}: one thread, platform or virtual, waits in connect. */
final class BradawlTcpSocketAttempt extends BradawlTcpAttempt {

  private static final int CONNECTING = 2;
  private static final MethodHandle STATE =
      BradawlTcpJdk.field(NioSocketImpl.class, "state", int.class);
  private static final MethodHandle STATE_LOCK =
      BradawlTcpJdk.field(NioSocketImpl.class, "stateLock", Object.class);
  private static final MethodHandle NON_BLOCKING =
      BradawlTcpJdk.field(NioSocketImpl.class, "nonBlocking", boolean.class);

  private static final MethodHandle WAITING =
      BradawlTcpJdk.field(NioSocketImpl.class, "readerThread", long.class);
  private static final MethodHandle DESCRIPTOR =
      BradawlTcpJdk.field(SocketImpl.class, "fd", FileDescriptor.class);

  private static final MethodHandle SERVER =
      BradawlTcpJdk.field(NioSocketImpl.class, "server", boolean.class);

  private final NioSocketImpl socket;

  BradawlTcpSocketAttempt(NioSocketImpl socket, FileDescriptor fd, InetSocketAddress remote) {
    super(socket, fd, Net.UNSPEC, remote);
    this.socket = socket;
  }

  /** Cheaper than to look for its descriptor among the listeners, as every close would. */
  static boolean isServer(NioSocketImpl socket) {
    try {
      return (boolean) SERVER.invokeExact(socket);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  static FileDescriptor descriptor(NioSocketImpl socket) {
    try {
      return (FileDescriptor) DESCRIPTOR.invokeExact((SocketImpl) socket);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  boolean connecting() {
    try {
      return (int) STATE.invokeExact(socket) == CONNECTING;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  boolean place(FileDescriptor connection) throws IOException {
    synchronized (BradawlTcpJdk.read(STATE_LOCK, socket)) {
      if (!connecting()) {
        return false;
      }
      BradawlTcpOptions.copy(fd, connection, family);
      IOUtil.configureBlocking(connection, !nonBlocking());
      exchange(fd, connection);
      wake((Long) BradawlTcpJdk.read(WAITING, socket));
    }
    return true;
  }

  @Override
  void placeGate(FileDescriptor gate) throws IOException {
    synchronized (BradawlTcpJdk.read(STATE_LOCK, socket)) {
      if (connecting()) {
        IOUtil.configureBlocking(gate, !nonBlocking());
        exchange(fd, gate);
      }
    }
  }

  @Override
  boolean openGate() throws IOException {
    synchronized (BradawlTcpJdk.read(STATE_LOCK, socket)) {
      boolean waits = connecting();
      if (waits) {
        shutdown(fd);
      }
      return waits;
    }
  }

  private boolean nonBlocking() throws IOException {
    return (Boolean) BradawlTcpJdk.read(NON_BLOCKING, socket);
  }
}
