package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.TransportAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which paths have proved to come from which real address. Often that is one; two if both peers
 * have offered at once, or one has started anew and datagrams of its old path are still under way.
 *
 * <p>An address is known before its first datagram of data comes: the peer sends data only once a
 * check of its own was answered, and the answer is sent after the entry is made. So what comes from
 * unknown addresses is the application's own affair.
 */
final class Sources {

  private static final Logger log = LoggerFactory.getLogger("bradawl.path");

  private final AddressTable<PathDriver[]> table = new AddressTable<>();
  private final AtomicLong rejected = new AtomicLong();

  synchronized void add(TransportAddress from, PathDriver path) {
    List<PathDriver> paths = at(from);
    paths.remove(path);
    paths.add(0, path); // the newest is the likeliest
    put(from, paths);
  }

  synchronized void remove(PathDriver path, List<TransportAddress> proven) {
    for (TransportAddress from : proven) {
      List<PathDriver> paths = at(from);
      if (paths.remove(path)) {
        put(from, paths);
      }
    }
  }

  /** As {@link UdpSocket#source}. */
  @Nullable InetSocketAddress receive(ByteBuffer datagram, long ipHigh, long ipLow, int port) {
    PathDriver[] paths = table.get(ipHigh, ipLow, port);
    if (paths == null) {
      return null;
    }
    PathDriver by = opening(paths, datagram);
    if (by == null) {
      reject();
      return UdpSocket.REJECTED;
    }
    by.route.used();
    return by.route.virtual;
  }

  /** Whether a peer has proved to be there. */
  boolean isKnown(long ipHigh, long ipLow, int port) {
    return table.get(ipHigh, ipLow, port) != null;
  }

  void clear() {
    table.clear();
  }

  /** How many datagrams were no peer's although they came from a peer's address. */
  long rejected() {
    return rejected.get();
  }

  /** A path that does not seal takes what none of the others can open. */
  private static @Nullable PathDriver opening(PathDriver[] paths, ByteBuffer datagram) {
    PathDriver unsealed = null;
    for (PathDriver path : paths) {
      if (!path.security().isSealing()) {
        unsealed = unsealed == null ? path : unsealed;
      } else if (path.security().open(datagram)) {
        return path;
      }
    }
    return unsealed;
  }

  /** Anybody can make us count, so only each doubling is told. */
  private void reject() {
    long count = rejected.incrementAndGet();
    if (Long.bitCount(count) == 1) {
      log.debug("datagrams dropped so far that were forged, replayed or not sealed: {}", count);
    }
  }

  private List<PathDriver> at(TransportAddress from) {
    PathDriver[] paths = table.get(IpBits.high(from.ip()), IpBits.low(from.ip()), from.port());
    return paths == null ? new ArrayList<>() : new ArrayList<>(List.of(paths));
  }

  private void put(TransportAddress from, List<PathDriver> paths) {
    long high = IpBits.high(from.ip());
    long low = IpBits.low(from.ip());
    PathDriver[] before = table.get(high, low, from.port());
    if (!paths.isEmpty()) {
      table.put(high, low, from.port(), paths.toArray(new PathDriver[0]));
    } else if (before != null) {
      table.removeAll(before);
    }
  }
}
