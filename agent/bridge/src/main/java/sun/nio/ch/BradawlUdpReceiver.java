package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.nio.ByteBuffer;

/**
 * The receiving half of a {@link BradawlUdpSocket}. All of it runs under the channel's read lock.
 *
 * <p>Receiving goes: what the pump has queued, then the kernel; of the latter the agent's own
 * control and the bell are swallowed, what a peer has sealed is opened in place, and the source of
 * a peer's datagram is replaced by the peer's virtual address in the native sockaddr, from which
 * the JDK's own code then makes (or re-uses) its {@code InetSocketAddress}. A swallowed datagram
 * looks like a spurious wake-up.
 *
 * <p>A datagram on its way may be longer than what the application gets of it, so the kernel always
 * fills a buffer that holds any datagram, of which as much is copied as the application has room
 * for: what does not fit is lost, as with any UDP socket.
 */
final class BradawlUdpReceiver {

  /** After so many swallowed datagrams in a row a call returns, so that floods cannot hold it. */
  private static final int MAX_SWALLOWED = 64;

  private static final int SWALLOWED = Integer.MIN_VALUE + 1;
  private static final int MIN_STUN = 20;
  private static final int STUN_COOKIE = 0x2112A442;

  private final BradawlUdpSocket socket;
  private final FileDescriptor fd;
  private final ProtocolFamily family;
  private final BradawlUdpQueue queue = new BradawlUdpQueue();

  /** Counts the application's receive calls; read loosely by the pump. */
  private int reads;

  /** Set while the bridge itself calls the woven method. */
  private boolean inside;

  BradawlUdpReceiver(BradawlUdpSocket socket, FileDescriptor fd, ProtocolFamily family) {
    this.socket = socket;
    this.fd = fd;
    this.family = family;
  }

  int reads() {
    return reads;
  }

  /** Whether nothing is left that was taken from the kernel on the application's behalf. */
  boolean isQueueEmpty() {
    return queue.isEmpty();
  }

  void clear() {
    queue.clear();
  }

  void deliver(ByteBuffer datagram, InetSocketAddress source) {
    queue.add(datagram, datagram.position(), datagram.remaining(), source);
  }

  int receive(DatagramChannelImpl open, ByteBuffer bb, int rem, int pos, boolean connected)
      throws IOException {
    if (inside) {
      return BradawlUdp.GO_ON;
    }
    reads++;
    if (rem >= BradawlUdpVectors.MAX_DATAGRAM) {
      return take(open, bb, rem, pos, connected);
    }
    ByteBuffer roomy = Util.getTemporaryDirectBuffer(BradawlUdpVectors.MAX_DATAGRAM);
    try {
      int n = Math.min(rem, take(open, roomy, roomy.remaining(), 0, connected));
      if (n > 0) {
        bb.position(pos);
        bb.put(roomy.flip().limit(n));
      }
      return n;
    } finally {
      Util.releaseTemporaryDirectBuffer(roomy);
    }
  }

  int read(DatagramChannelImpl open, long address, int length) throws IOException {
    ByteBuffer roomy = Util.getTemporaryDirectBuffer(BradawlUdpVectors.MAX_DATAGRAM);
    try {
      int n = Math.min(length, receiveWhole(open, roomy));
      if (n > 0) {
        BradawlUdpVectors.copyOut(roomy, address, n);
      }
      return n;
    } finally {
      Util.releaseTemporaryDirectBuffer(roomy);
    }
  }

  long readv(DatagramChannelImpl open, long vectors, int count) throws IOException {
    int length = BradawlUdpVectors.length(vectors, count);
    ByteBuffer roomy = Util.getTemporaryDirectBuffer(BradawlUdpVectors.MAX_DATAGRAM);
    try {
      int n = Math.min(length, receiveWhole(open, roomy));
      if (n > 0) {
        BradawlUdpVectors.scatter(roomy, n, vectors, count);
      }
      return n;
    } finally {
      Util.releaseTemporaryDirectBuffer(roomy);
    }
  }

  /** Takes what the kernel holds into the queue, except for control. */
  void pump(DatagramChannelImpl open, int most) throws IOException {
    ByteBuffer bb = Util.getTemporaryDirectBuffer(BradawlUdpVectors.MAX_DATAGRAM);
    try {
      synchronized (BradawlUdpJdk.stateLock(open)) {
        for (int i = 0; i < most && open.isOpen() && Net.poll(fd, Net.POLLIN, 0) > 0; i++) {
          bb.clear();
          int n = fromKernel(open, bb, bb.capacity(), 0, socket.isConnected());
          if (n >= 0) {
            queue.add(bb, 0, n, BradawlUdpJdk.source(open).decode());
          } else if (n != SWALLOWED) {
            return;
          }
        }
      }
    } finally {
      bb.clear();
      Util.releaseTemporaryDirectBuffer(bb);
    }
  }

  private int receiveWhole(DatagramChannelImpl open, ByteBuffer buffer) throws IOException {
    if (open == null) {
      return IOStatus.UNAVAILABLE;
    }
    reads++;
    return take(open, buffer, buffer.remaining(), 0, true);
  }

  private int take(DatagramChannelImpl open, ByteBuffer bb, int rem, int pos, boolean connected)
      throws IOException {
    for (int i = 0; i < MAX_SWALLOWED; i++) {
      socket.failIfUnreachable();
      int n =
          queue.isEmpty()
              ? fromKernel(open, bb, rem, pos, connected)
              : fromQueue(open, bb, rem, pos);
      if (n != SWALLOWED) {
        return n;
      }
      bb.position(pos);
    }
    return IOStatus.UNAVAILABLE;
  }

  private int fromQueue(DatagramChannelImpl open, ByteBuffer bb, int rem, int pos) {
    BradawlUdpQueue.Datagram next = queue.poll();
    if (next == null || !socket.isWanted(next.source)) {
      return SWALLOWED;
    }
    BradawlUdpJdk.source(open).encode(family, next.source);
    int n = Math.min(rem, next.data.length);
    bb.position(pos);
    bb.put(next.data, 0, n);
    return n;
  }

  private int fromKernel(
      DatagramChannelImpl open, ByteBuffer bb, int rem, int pos, boolean connected)
      throws IOException {
    int n = receiveUnhooked(open, bb, rem, pos, connected);
    if (n < 0) {
      return n;
    }
    NativeSocketAddress from = BradawlUdpJdk.source(open);
    long ipHigh = BradawlUdpSockaddr.ipHigh(from.address());
    long ipLow = BradawlUdpSockaddr.ipLow(from.address());
    int port = BradawlUdpSockaddr.port(from.address());
    if (isOurs(open, bb, pos, n, ipHigh, ipLow, port)) {
      return SWALLOWED;
    }
    int limit = bb.limit();
    bb.limit(pos + n).position(pos);
    InetSocketAddress virtual = BradawlUdp.hooks().source(socket, bb, ipHigh, ipLow, port);
    int length = bb.remaining();
    bb.limit(limit).position(pos + length);
    if (virtual == BradawlUdpHooks.REJECTED || !socket.isWanted(virtual)) {
      return SWALLOWED;
    }
    if (virtual != null) {
      from.encode(family, virtual);
    }
    return length;
  }

  private int receiveUnhooked(
      DatagramChannelImpl open, ByteBuffer bb, int rem, int pos, boolean connected)
      throws IOException {
    inside = true;
    try {
      return BradawlUdpJdk.receive(open, bb, rem, pos, connected);
    } finally {
      inside = false;
    }
  }

  private boolean isOurs(
      DatagramChannelImpl open, ByteBuffer bb, int pos, int n, long ipHigh, long ipLow, int port) {
    return socket.bell().isHeard(bb, pos, n, port, open)
        || looksLikeStun(bb, pos, n)
            && BradawlUdp.hooks().control(socket, view(bb, pos, n), ipHigh, ipLow, port);
  }

  /** RFC 8489 section 5; the byte order of the application's buffer can be either. */
  private static boolean looksLikeStun(ByteBuffer bb, int pos, int n) {
    if (n < MIN_STUN || (bb.get(pos) & 0xC0) != 0) {
      return false;
    }
    int cookie = bb.getInt(pos + 4);
    return cookie == STUN_COOKIE || cookie == Integer.reverseBytes(STUN_COOKIE);
  }

  private static ByteBuffer view(ByteBuffer bb, int pos, int n) {
    ByteBuffer view = bb.duplicate();
    view.limit(pos + n).position(pos);
    return view;
  }
}
