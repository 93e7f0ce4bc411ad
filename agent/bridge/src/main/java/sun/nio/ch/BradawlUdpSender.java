package sun.nio.ch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;

/**
 * The sending half of a {@link BradawlUdpSocket}. What is sealed goes from a buffer of the sending
 * thread; the application's stays as it is.
 */
final class BradawlUdpSender {

  /** No datagram can be longer, since UDP's length field has 16 bits. */
  private static final int MAX_DATAGRAM = 0xFFFF;

  private final BradawlUdpSocket socket;

  BradawlUdpSender(BradawlUdpSocket socket) {
    this.socket = socket;
  }

  int send(DatagramChannelImpl open, ByteBuffer bb, InetSocketAddress target) throws IOException {
    socket.failIfUnreachable();
    int length = bb.remaining();
    if (length > MAX_DATAGRAM) {
      throw new SocketException("Message too long");
    }
    BradawlUdpHooks hooks = BradawlUdp.hooks();
    ByteBuffer sealed = Util.getTemporaryDirectBuffer(length + hooks.sealRoom());
    try {
      InetSocketAddress real = hooks.route(socket, target, bb, sealed);
      if (real == target) {
        return BradawlUdp.GO_ON;
      }
      return real == null ? taken(bb, length) : send(open, bb, length, sealed.flip(), real);
    } finally {
      Util.releaseTemporaryDirectBuffer(sealed);
    }
  }

  int write(DatagramChannelImpl open, long address, int length) throws IOException {
    ByteBuffer buffer = Util.getTemporaryDirectBuffer(length);
    try {
      BradawlUdpVectors.copyIn(address, length, buffer);
      return sendToPeer(open, buffer, length);
    } finally {
      Util.releaseTemporaryDirectBuffer(buffer);
    }
  }

  long writev(DatagramChannelImpl open, long vectors, int count) throws IOException {
    int length = BradawlUdpVectors.length(vectors, count);
    ByteBuffer buffer = Util.getTemporaryDirectBuffer(length);
    try {
      BradawlUdpVectors.gather(vectors, count, length, buffer);
      return sendToPeer(open, buffer, length);
    } finally {
      Util.releaseTemporaryDirectBuffer(buffer);
    }
  }

  private int sendToPeer(DatagramChannelImpl open, ByteBuffer datagram, int length)
      throws IOException {
    InetSocketAddress target = socket.peer();
    if (open == null || target == null) {
      return length;
    }
    int n = send(open, datagram, target);
    return n == BradawlUdp.GO_ON ? length : n;
  }

  private static int send(
      DatagramChannelImpl open, ByteBuffer bb, int length, ByteBuffer sealed, InetSocketAddress to)
      throws IOException {
    if (!sealed.hasRemaining()) {
      return BradawlUdpJdk.send(open, bb, to);
    }
    int n = BradawlUdpJdk.send(open, sealed, to);
    return n < 0 ? n : taken(bb, length);
  }

  /** To the application its datagram has gone. */
  private static int taken(ByteBuffer bb, int length) {
    bb.position(bb.limit());
    return length;
  }
}
