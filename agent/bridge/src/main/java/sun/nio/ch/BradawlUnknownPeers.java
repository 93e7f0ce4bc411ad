package sun.nio.ch;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Why peers' names were not resolved. {@code InetSocketAddress} swallows it, so that a connect to
 * one could only say that it is unresolved.
 */
final class BradawlUnknownPeers {

  private static final int MOST = 64;
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final Map<String, BradawlUnknownPeers> FAILURES =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, BradawlUnknownPeers> eldest) {
          return size() > MOST;
        }
      };

  private final UnknownHostException failure;
  private final long at = System.nanoTime();

  private BradawlUnknownPeers(UnknownHostException failure) {
    this.failure = failure;
  }

  static void remember(String host, UnknownHostException failure) {
    synchronized (FAILURES) {
      FAILURES.put(host.toLowerCase(Locale.ROOT), new BradawlUnknownPeers(failure));
    }
  }

  /** On entry of {@code NioSocketImpl.connect}: false lets it. */
  static boolean connecting(NioSocketImpl socket, SocketAddress remote, int millis)
      throws UnknownHostException {
    UnknownHostException failure = failure(remote);
    if (failure != null) {
      throw failure;
    }
    return false;
  }

  /** On entry of {@code Net.checkAddress}, which channels call: null lets it. */
  static InetSocketAddress checking(SocketAddress remote) {
    UnknownHostException failure = failure(remote);
    if (failure != null) {
      throw (UnresolvedAddressException) new UnresolvedAddressException().initCause(failure);
    }
    return null;
  }

  private static UnknownHostException failure(SocketAddress remote) {
    if (!(remote instanceof InetSocketAddress) || !((InetSocketAddress) remote).isUnresolved()) {
      return null;
    }
    String host = ((InetSocketAddress) remote).getHostString().toLowerCase(Locale.ROOT);
    BradawlUnknownPeers known;
    synchronized (FAILURES) {
      known = FAILURES.get(host);
    }
    return known == null || System.nanoTime() - known.at > KEPT_NANOS ? null : again(known.failure);
  }

  /** Each thread gets an exception of its own, with a trace of its own. */
  private static UnknownHostException again(UnknownHostException before) {
    UnknownHostException failure = new UnknownHostException(before.getMessage());
    failure.initCause(before);
    return failure;
  }
}
