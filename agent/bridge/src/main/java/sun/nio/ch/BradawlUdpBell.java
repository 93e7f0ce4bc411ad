package sun.nio.ch;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A datagram that a socket sends to itself, so that a reader or a selector wakes up for what waits
 * in the agent's queue and not in the kernel's. One is under way at most.
 */
final class BradawlUdpBell {

  private static final long HIGH = ThreadLocalRandom.current().nextLong();
  private static final long LOW = ThreadLocalRandom.current().nextLong();
  private static final int LENGTH = 16;

  private volatile boolean underWay;

  /** Whether the datagram at {@code pos} is the bell; then it may ring again. */
  boolean isHeard(ByteBuffer bb, int pos, int length, int port, DatagramChannelImpl at) {
    if (!underWay || length != LENGTH || port != at.localAddress().getPort() || !matches(bb, pos)) {
      return false;
    }
    underWay = false;
    return true;
  }

  void ring(BradawlUdpSocket socket, InetSocketAddress local) {
    if (underWay) {
      return;
    }
    underWay = true;
    ByteBuffer bell = ByteBuffer.allocate(LENGTH).putLong(HIGH).putLong(LOW).flip();
    InetSocketAddress self = new InetSocketAddress(reach(local.getAddress()), local.getPort());
    if (!socket.sendRaw(bell, self)) {
      underWay = false; // never set after the sending: it may have been heard by then
    }
  }

  private static InetAddress reach(InetAddress bound) {
    if (!bound.isAnyLocalAddress()) {
      return bound;
    }
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean matches(ByteBuffer bb, int pos) {
    for (int i = 0; i < 8; i++) {
      int shift = 56 - 8 * i;
      if (bb.get(pos + i) != (byte) (HIGH >> shift)
          || bb.get(pos + 8 + i) != (byte) (LOW >> shift)) {
        return false;
      }
    }
    return true;
  }
}
