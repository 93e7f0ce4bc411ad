package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.seal.DatagramOpener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which paths have proved to come from which real address. Often that is one; two if both peers
 * have offered at once, or one has started anew and datagrams of its old path are still under way.
 *
 * <p>An address is known before its first datagram of data comes: the peer sends data only once a
 * check of its own was answered, and the answer is sent after the entry is made. Unless the peer
 * does not know that its address is another one now: its NAT has forgotten it, or its relay was
 * lost. So what is sealed may come from anywhere at the IP addresses where it is {@link #expect}ed.
 * All else that comes from unknown addresses is the application's own affair.
 */
final class Sources {

  /** Each is tried in turn, for whatever comes from there and looks sealed. */
  private static final int MOST_EXPECTED = 8;

  private static final int ANY_PORT = 0;
  private static final PathDriver[] NONE = {};
  private static final Logger log = LoggerFactory.getLogger("bradawl.path");

  private final AddressTable<PathDriver[]> table = new AddressTable<>();

  /** By IP address alone. */
  private final AddressTable<PathDriver[]> expected = new AddressTable<>();

  private final Map<PathDriver, Set<InetAddress>> expecting = new IdentityHashMap<>();
  private final AtomicLong rejected = new AtomicLong();

  synchronized void add(TransportAddress from, PathDriver path) {
    List<PathDriver> paths = at(from);
    paths.remove(path);
    paths.add(0, path); // the newest is the likeliest
    put(from, paths);
    expect(from.ip(), path);
  }

  /** Datagrams of the path may come from there, at any port. */
  synchronized void expect(InetAddress ip, PathDriver path) {
    if (path.security().isSealing()
        && expecting.computeIfAbsent(path, p -> new HashSet<>()).add(ip)) {
      List<PathDriver> paths = expectedAt(ip);
      paths.add(0, path);
      putExpected(ip, paths.subList(0, Math.min(paths.size(), MOST_EXPECTED)));
    }
  }

  synchronized void remove(PathDriver path, List<TransportAddress> proven) {
    Set<InetAddress> ips = expecting.remove(path);
    for (InetAddress ip : ips == null ? Set.<InetAddress>of() : ips) {
      List<PathDriver> paths = expectedAt(ip);
      if (paths.remove(path)) {
        putExpected(ip, paths);
      }
    }
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
      return unproven(datagram, ipHigh, ipLow);
    }
    PathDriver by = opening(paths, datagram);
    if (by == null) {
      reject();
      return UdpSocket.REJECTED;
    }
    by.route.used();
    return by.route.virtual;
  }

  /** Only what is sealed tells by itself whose it is. */
  private @Nullable InetSocketAddress unproven(ByteBuffer datagram, long ipHigh, long ipLow) {
    int length = datagram.remaining();
    if (length == 0 || !DatagramOpener.hasShape(datagram.get(datagram.position()), length)) {
      return null;
    }
    PathDriver[] paths = expected.get(ipHigh, ipLow, ANY_PORT);
    for (PathDriver path : paths == null ? NONE : paths) {
      if (path.security().open(datagram)) {
        path.route.used();
        return path.route.virtual;
      }
      if (path.security().isRepetition(datagram)) {
        reject();
        return UdpSocket.REJECTED;
      }
    }
    return null;
  }

  /** Whether a peer has proved to be there. */
  boolean isKnown(long ipHigh, long ipLow, int port) {
    return table.get(ipHigh, ipLow, port) != null;
  }

  void clear() {
    table.clear();
    clearExpected();
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

  private synchronized void clearExpected() {
    expected.clear();
    expecting.clear();
  }

  private List<PathDriver> expectedAt(InetAddress ip) {
    PathDriver[] paths = expected.get(IpBits.high(ip), IpBits.low(ip), ANY_PORT);
    return paths == null ? new ArrayList<>() : new ArrayList<>(List.of(paths));
  }

  private void putExpected(InetAddress ip, List<PathDriver> paths) {
    put(expected, IpBits.high(ip), IpBits.low(ip), ANY_PORT, paths);
  }

  private List<PathDriver> at(TransportAddress from) {
    PathDriver[] paths = table.get(IpBits.high(from.ip()), IpBits.low(from.ip()), from.port());
    return paths == null ? new ArrayList<>() : new ArrayList<>(List.of(paths));
  }

  private void put(TransportAddress from, List<PathDriver> paths) {
    put(table, IpBits.high(from.ip()), IpBits.low(from.ip()), from.port(), paths);
  }

  private static void put(
      AddressTable<PathDriver[]> table, long high, long low, int port, List<PathDriver> paths) {
    PathDriver[] before = table.get(high, low, port);
    if (!paths.isEmpty()) {
      table.put(high, low, port, paths.toArray(NONE));
    } else if (before != null) {
      table.removeAll(before);
    }
  }
}
