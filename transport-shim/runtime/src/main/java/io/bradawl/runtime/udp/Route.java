package io.bradawl.runtime.udp;

import io.bradawl.protocol.path.udp.Renewal;
import io.bradawl.protocol.peer.PeerRef;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One peer's port, as one socket of the application addresses it: where datagrams to that virtual
 * address go now, or the datagrams that wait until there is somewhere to go.
 */
final class Route {

  /** What the application sees. */
  final InetSocketAddress virtual;

  final PeerRef peer;

  /** Null while there is no path. */
  private volatile @Nullable Way way;

  /**
   * Counts datagrams either way, to tell use from idleness. Losing a count to a race does no harm.
   */
  private int uses;

  /** While true nobody need be told that datagrams wait. Guarded by this. */
  private boolean wanted;

  private final PendingDatagrams pending = new PendingDatagrams();

  /**
   * When an offer may be made again, and how long to wait after the next failure; only used on the
   * driver loop.
   */
  long retryAt = Long.MIN_VALUE;

  long backOff = MIN_BACK_OFF;

  /** When a path that has fallen back to a relay is offered anew; only used on the driver loop. */
  final Renewal renewal = new Renewal();

  /** The path in use; only used on the driver loop. */
  @Nullable PathDriver current;

  static final long MIN_BACK_OFF = 1_000_000_000L;
  static final long MAX_BACK_OFF = 30_000_000_000L;

  Route(InetSocketAddress virtual, PeerRef peer) {
    this.virtual = virtual;
    this.peer = peer;
  }

  @Nullable Way way() {
    return way;
  }

  void used() {
    uses++;
  }

  int uses() {
    return uses;
  }

  /**
   * Keeps a datagram until there is a path.
   *
   * @return what is to be done about it
   */
  synchronized Held hold(ByteBuffer datagram) {
    if (way != null) {
      return Held.PATH_IS_UP;
    }
    pending.add(datagram);
    boolean first = !wanted;
    wanted = true;
    return first ? Held.ASK_FOR_PATH : Held.WAITS;
  }

  /** Asks for a path with no datagram; false if somebody has asked already, or there is one. */
  synchronized boolean want() {
    boolean first = !wanted && way == null;
    wanted = true;
    return first;
  }

  /**
   * Takes out what has waited longest, for somebody who sees to it that it is sent.
   *
   * @param most octets; {@code null} if it is longer, or nothing waits
   */
  synchronized @Nullable ByteBuffer takeFirst(int most) {
    return pending.takeFirst(most);
  }

  /** Sends what waits, then lets the application's datagrams go the same way. */
  synchronized void open(Way to, Consumer<ByteBuffer> flush) {
    pending.drainTo(flush);
    wanted = false;
    way = to;
  }

  /** The path is gone: datagrams wait again. */
  synchronized void close() {
    way = null;
    wanted = false;
  }

  /** Drops what waits and says how many datagrams that were. */
  synchronized int giveUp() {
    wanted = false;
    return pending.clear();
  }

  synchronized boolean isUnused() {
    return way == null && !wanted && pending.isEmpty();
  }

  /** The outcome of {@link #hold}. */
  enum Held {
    PATH_IS_UP,
    ASK_FOR_PATH,
    WAITS
  }
}
