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
 * <p>A socket connected to a peer is not connected in the kernel, hence the peer is the only source
 * let through here.
 */
public final class BradawlUdpSocket {

  private final WeakReference<DatagramChannelImpl> channel;
  private final FileDescriptor fd;
  private final int fdVal;
  private final ProtocolFamily family;
  private final BradawlUdpReceiver receiver;
  private final BradawlUdpSender sender = new BradawlUdpSender(this);
  private final BradawlUdpBell bell = new BradawlUdpBell();

  /** The agent's own object for this socket. */
  private volatile Object attachment;

  /** The virtual address that the application connected to, or null. */
  private volatile InetSocketAddress peer;

  private volatile boolean unreachable;

  BradawlUdpSocket(DatagramChannelImpl channel) {
    this.channel = new WeakReference<>(channel);
    this.fd = channel.getFD();
    this.fdVal = channel.getFDVal();
    this.family = BradawlUdpJdk.family(channel);
    this.receiver = new BradawlUdpReceiver(this, fd, family);
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
    return receiver.reads();
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

  /** As {@link #sendRaw}, but only while {@link BradawlUdpHooks#closing} runs. */
  public void sendLast(ByteBuffer datagram, InetSocketAddress target) {
    DatagramChannelImpl closing = channel.get();
    if (closing != null) {
      BradawlUdpRaw.sendLast(closing, family, datagram, target);
    }
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
      receiver.pump(open, most);
    } catch (IOException e) {
      // The application meets the same error at its own next call.
    } finally {
      BradawlUdpJdk.readLock(open).unlock();
    }
    if (!receiver.isQueueEmpty()) {
      ring();
    }
  }

  /**
   * Lets the application receive a datagram that came another way than by this socket. Lost if too
   * many wait already, as in the kernel.
   */
  public void deliver(ByteBuffer datagram, InetSocketAddress source) {
    receiver.deliver(datagram, source);
    ring();
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

  /** The application closes the socket, whose descriptor is still open. */
  void closing() {
    BradawlUdp.hooks().closing(this);
    release();
  }

  /** Forgets the socket and tells the agent; harmless when done twice. */
  public void release() {
    if (BradawlUdp.remove(this, fdVal)) {
      receiver.clear();
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
    return receiver.receive(open, bb, rem, pos, connected);
  }

  int send(DatagramChannelImpl open, ByteBuffer bb, InetSocketAddress target) throws IOException {
    return sender.send(open, bb, target);
  }

  int read(long address, int length) throws IOException {
    return receiver.read(channel.get(), address, length);
  }

  long readv(long vectors, int count) throws IOException {
    return receiver.readv(channel.get(), vectors, count);
  }

  int write(long address, int length) throws IOException {
    return sender.write(channel.get(), address, length);
  }

  long writev(long vectors, int count) throws IOException {
    return sender.writev(channel.get(), vectors, count);
  }

  InetSocketAddress peer() {
    return peer;
  }

  BradawlUdpBell bell() {
    return bell;
  }

  boolean isWanted(InetSocketAddress source) {
    InetSocketAddress only = peer;
    return only == null || only.equals(source);
  }

  void failIfUnreachable() throws PortUnreachableException {
    if (unreachable) {
      unreachable = false;
      throw new PortUnreachableException("no path to " + peer);
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
