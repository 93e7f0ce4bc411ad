package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;

/**
 * A UDP socket of the application that serves peers or speaks to them.
 *
 * <p>Receiving goes: what the pump has queued, then the kernel; of the latter the agent's own
 * control and the bell are swallowed, and the source of a peer's datagram is replaced by the peer's
 * virtual address in the native sockaddr, from which the JDK's own code then makes (or re-uses) its
 * {@code InetSocketAddress}. All of that happens under the channel's read lock. A swallowed
 * datagram looks like a spurious wake-up.
 *
 * <p>A socket connected to a peer is not connected in the kernel, hence the peer is the only source
 * let through here.
 */
public final class BradawlUdpSocket {

  /**
   * No control datagram is longer, and an application's shorter buffer is not used to receive one.
   */
  private static final int MAX_CONTROL = 1280;

  /** After so many swallowed datagrams in a row a call returns, so that floods cannot hold it. */
  private static final int MAX_SWALLOWED = 64;

  private static final int MIN_STUN = 20;
  private static final int STUN_COOKIE = 0x2112A442;

  private final WeakReference<DatagramChannelImpl> channel;
  private final FileDescriptor fd;
  private final int fdVal;
  private final ProtocolFamily family;
  private final BradawlUdpQueue queue = new BradawlUdpQueue();
  private final BradawlUdpBell bell = new BradawlUdpBell();

  /** The agent's own object for this socket. */
  private volatile Object attachment;

  /** The virtual address that the application connected to, or null. */
  private volatile InetSocketAddress peer;

  private volatile boolean unreachable;

  /**
   * Counts the application's receive calls; written under the read lock, read loosely by the pump.
   */
  private int reads;

  /** Under the read lock: set while the bridge itself calls the woven method. */
  private boolean inside;

  BradawlUdpSocket(DatagramChannelImpl channel) {
    this.channel = new WeakReference<>(channel);
    this.fd = channel.getFD();
    this.fdVal = channel.getFDVal();
    this.family = BradawlUdpJdk.family(channel);
  }

  public Object attachment() {
    return attachment;
  }

  public void attach(Object object) {
    attachment = object;
  }

  /** Whether the socket can send to IPv6 addresses. */
  public boolean isIpv6() {
    return family == StandardProtocolFamily.INET6;
  }

  /** The address that the socket is bound to, or null if it is not bound or no longer open. */
  public InetSocketAddress local() {
    DatagramChannelImpl open = openChannel();
    return open == null ? null : open.localAddress();
  }

  /** Whether the application still holds the socket open. */
  public boolean isOpen() {
    return openChannel() != null;
  }

  /** How many times the application has tried to receive; wraps around. */
  public int reads() {
    return reads;
  }

  /**
   * Sends past the hooks and without waiting for the channel's write lock.
   *
   * @return false if the socket is closed or cannot take the datagram now
   */
  public boolean sendRaw(ByteBuffer datagram, InetSocketAddress target) {
    DatagramChannelImpl open = openChannel();
    return open != null && BradawlUdpRaw.send(open, family, datagram, target);
  }

  /**
   * Takes what the kernel holds, unless the application is in a receive call: control is dealt
   * with, data waits for the application's next call.
   *
   * @param most how many datagrams to take
   */
  public void pump(int most) {
    DatagramChannelImpl open = openChannel();
    if (open == null || !BradawlUdpJdk.readLock(open).tryLock()) {
      return;
    }
    try {
      takeFromKernel(open, most);
    } catch (IOException e) {
      // The application meets the same error at its own next call.
    } finally {
      BradawlUdpJdk.readLock(open).unlock();
    }
    if (!queue.isEmpty()) {
      ring();
    }
  }

  /** Wakes readers and selectors. */
  public void ring() {
    InetSocketAddress local = local();
    if (local != null) {
      bell.ring(this, local);
    }
  }

  /**
   * If the socket is connected to that peer, its next call fails as after an ICMP "port
   * unreachable".
   */
  public void unreachable(InetSocketAddress virtual) {
    if (virtual.equals(peer)) {
      unreachable = true;
      ring();
    }
  }

  /** Forgets the socket and tells the agent; harmless when done twice. */
  public void release() {
    if (BradawlUdp.remove(this, fdVal)) {
      queue.clear();
      BradawlUdp.hooks().closed(this);
    }
  }

  boolean isOf(DatagramChannelImpl other) {
    return channel.get() == other;
  }

  boolean isOf(FileDescriptor other) {
    return fd == other;
  }

  boolean isConnected() {
    return peer != null;
  }

  /** Runs with the channel's state lock held. */
  void connect(DatagramChannelImpl open, InetSocketAddress target) throws IOException {
    if (open.remoteAddress() != null && peer == null) {
      freeFromRealPeer(open);
    }
    unreachable = false;
    peer = target;
    BradawlUdp.hooks().connected(this, target);
  }

  /** Whether the socket was connected to a peer. */
  boolean disconnect() {
    boolean was = peer != null;
    peer = null;
    unreachable = false;
    return was;
  }

  int receive(DatagramChannelImpl open, ByteBuffer bb, int rem, int pos, boolean connected)
      throws IOException {
    if (inside) {
      return BradawlUdp.GO_ON;
    }
    reads++;
    if (rem >= MAX_CONTROL) {
      return take(open, bb, rem, pos, connected);
    }
    ByteBuffer roomy = Util.getTemporaryDirectBuffer(MAX_CONTROL);
    try {
      int n = Math.min(rem, take(open, roomy, MAX_CONTROL, 0, connected));
      if (n > 0) {
        bb.position(pos);
        bb.put(roomy.flip().limit(n));
      }
      return n;
    } finally {
      Util.releaseTemporaryDirectBuffer(roomy);
    }
  }

  int send(DatagramChannelImpl open, ByteBuffer bb, InetSocketAddress target) throws IOException {
    failIfUnreachable();
    InetSocketAddress real = BradawlUdp.hooks().route(this, target, bb);
    if (real == target) {
      return BradawlUdp.GO_ON;
    }
    if (real != null) {
      return BradawlUdpJdk.send(open, bb, real);
    }
    int n = bb.remaining();
    bb.position(bb.limit());
    return n;
  }

  int read(long address, int length) throws IOException {
    ByteBuffer buffer = Util.getTemporaryDirectBuffer(Math.max(length, MAX_CONTROL));
    try {
      int n = Math.min(length, receiveWhole(buffer));
      if (n > 0) {
        BradawlUdpVectors.copyOut(buffer, address, n);
      }
      return n;
    } finally {
      Util.releaseTemporaryDirectBuffer(buffer);
    }
  }

  long readv(long vectors, int count) throws IOException {
    int length = BradawlUdpVectors.length(vectors, count);
    ByteBuffer buffer = Util.getTemporaryDirectBuffer(Math.max(length, MAX_CONTROL));
    try {
      int n = Math.min(length, receiveWhole(buffer));
      if (n > 0) {
        BradawlUdpVectors.scatter(buffer, n, vectors, count);
      }
      return n;
    } finally {
      Util.releaseTemporaryDirectBuffer(buffer);
    }
  }

  int write(long address, int length) throws IOException {
    ByteBuffer buffer = Util.getTemporaryDirectBuffer(length);
    try {
      BradawlUdpVectors.copyIn(address, length, buffer);
      return sendToPeer(buffer, length);
    } finally {
      Util.releaseTemporaryDirectBuffer(buffer);
    }
  }

  long writev(long vectors, int count) throws IOException {
    int length = BradawlUdpVectors.length(vectors, count);
    ByteBuffer buffer = Util.getTemporaryDirectBuffer(length);
    try {
      BradawlUdpVectors.gather(vectors, count, length, buffer);
      return sendToPeer(buffer, length);
    } finally {
      Util.releaseTemporaryDirectBuffer(buffer);
    }
  }

  private int sendToPeer(ByteBuffer datagram, int length) throws IOException {
    DatagramChannelImpl open = channel.get();
    InetSocketAddress target = peer;
    if (open == null || target == null) {
      return length;
    }
    int n = send(open, datagram, target);
    return n == BradawlUdp.GO_ON ? length : n;
  }

  private int receiveWhole(ByteBuffer buffer) throws IOException {
    DatagramChannelImpl open = channel.get();
    if (open == null) {
      return IOStatus.UNAVAILABLE;
    }
    reads++;
    return take(open, buffer, buffer.remaining(), 0, true);
  }

  private int take(DatagramChannelImpl open, ByteBuffer bb, int rem, int pos, boolean connected)
      throws IOException {
    for (int i = 0; i < MAX_SWALLOWED; i++) {
      failIfUnreachable();
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

  private static final int SWALLOWED = Integer.MIN_VALUE + 1;

  private int fromQueue(DatagramChannelImpl open, ByteBuffer bb, int rem, int pos) {
    BradawlUdpQueue.Datagram next = queue.poll();
    if (next == null || !isWanted(next.source)) {
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
    InetSocketAddress virtual = BradawlUdp.hooks().source(this, ipHigh, ipLow, port);
    if (!isWanted(virtual)) {
      return SWALLOWED;
    }
    if (virtual != null) {
      from.encode(family, virtual);
    }
    return n;
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
    if (bell.isUnderWay() && bell.heard(bb, pos, n, port, open.localAddress().getPort())) {
      return true;
    }
    return looksLikeStun(bb, pos, n)
        && BradawlUdp.hooks().control(this, view(bb, pos, n), ipHigh, ipLow, port);
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

  private boolean isWanted(InetSocketAddress source) {
    InetSocketAddress only = peer;
    return only == null || only.equals(source);
  }

  private void failIfUnreachable() throws PortUnreachableException {
    if (unreachable) {
      unreachable = false;
      throw new PortUnreachableException("no path to " + peer);
    }
  }

  private void takeFromKernel(DatagramChannelImpl open, int most) throws IOException {
    ByteBuffer bb = Util.getTemporaryDirectBuffer(BradawlUdpVectors.MAX_DATAGRAM);
    try {
      synchronized (BradawlUdpJdk.stateLock(open)) {
        for (int i = 0; i < most && open.isOpen() && Net.poll(fd, Net.POLLIN, 0) > 0; i++) {
          bb.clear();
          int n = fromKernel(open, bb, bb.capacity(), 0, peer != null);
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

  private DatagramChannelImpl openChannel() {
    DatagramChannelImpl known = channel.get();
    if (known == null) {
      release();
      return null;
    }
    return known.isOpen() ? known : null;
  }

  /**
   * The socket was connected in the kernel, which keeps the port only if the application had chosen
   * it.
   */
  private void freeFromRealPeer(DatagramChannelImpl open) throws IOException {
    InetSocketAddress before = open.localAddress();
    BradawlUdpJdk.disconnect(fd, isIpv6());
    if (Net.localAddress(fd).getPort() == 0) {
      Net.bind(family, fd, before.getAddress(), before.getPort());
    }
  }
}
