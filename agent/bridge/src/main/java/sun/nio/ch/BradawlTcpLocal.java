package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Local addresses of sockets whose descriptor is one end of a connection within this host, which
 * must look like the connection behind the other end.
 */
public final class BradawlTcpLocal {

  private static final ConcurrentHashMap<InetSocketAddress, BradawlTcpLocal> SHOWN =
      new ConcurrentHashMap<>();

  private final InetSocketAddress far;
  private final InetSocketAddress shown;

  private BradawlTcpLocal(InetSocketAddress far, InetSocketAddress shown) {
    this.far = far;
    this.shown = shown;
  }

  /** A socket at {@code near} that is connected to {@code far} is shown to be at {@code shown}. */
  public static void show(InetSocketAddress near, InetSocketAddress far, InetSocketAddress shown) {
    SHOWN.put(near, new BradawlTcpLocal(far, shown));
  }

  public static void forget(InetSocketAddress near) {
    SHOWN.remove(near);
  }

  /**
   * On exit of {@code Net.localAddress}. The far end is asked for because an unconnected or another
   * socket may have the same local address.
   */
  static InetSocketAddress local(InetSocketAddress actual, FileDescriptor fd) {
    BradawlTcpLocal entry = SHOWN.isEmpty() ? null : SHOWN.get(actual);
    if (entry == null) {
      return actual;
    }
    try {
      return entry.far.equals(Net.remoteAddress(fd)) ? entry.shown : actual;
    } catch (IOException e) {
      return actual;
    }
  }
}
