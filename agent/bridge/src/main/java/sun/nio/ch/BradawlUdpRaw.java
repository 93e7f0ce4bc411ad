package sun.nio.ch;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;

/** Sends the agent's own datagrams on the application's socket. */
final class BradawlUdpRaw {

  /** Guarded by the class. */
  private static final NativeSocketAddress TARGET = new NativeSocketAddress();

  private BradawlUdpRaw() {}

  /**
   * The state lock keeps the descriptor from being closed, and its number from naming another
   * socket, meanwhile; the poll keeps the send from waiting while that lock is held.
   */
  static boolean send(
      DatagramChannelImpl channel,
      ProtocolFamily family,
      ByteBuffer datagram,
      InetSocketAddress target) {
    return send(channel, family, datagram, target, false);
  }

  /** From within the close of the channel, which does not go on before this returns. */
  static void sendLast(
      DatagramChannelImpl channel,
      ProtocolFamily family,
      ByteBuffer datagram,
      InetSocketAddress target) {
    send(channel, family, datagram, target, true);
  }

  private static boolean send(
      DatagramChannelImpl channel,
      ProtocolFamily family,
      ByteBuffer datagram,
      InetSocketAddress target,
      boolean closing) {
    if (family == StandardProtocolFamily.INET && !(target.getAddress() instanceof Inet4Address)) {
      return false;
    }
    int length = datagram.remaining();
    ByteBuffer direct = Util.getTemporaryDirectBuffer(length);
    try {
      direct.put(datagram.duplicate());
      synchronized (BradawlUdpJdk.stateLock(channel)) {
        return (closing || channel.isOpen()) && sendNow(channel, family, direct, length, target);
      }
    } catch (IOException e) {
      return false;
    } finally {
      Util.releaseTemporaryDirectBuffer(direct);
    }
  }

  private static synchronized boolean sendNow(
      DatagramChannelImpl channel,
      ProtocolFamily family,
      ByteBuffer direct,
      int length,
      InetSocketAddress target)
      throws IOException {
    if (Net.poll(channel.getFD(), Net.POLLOUT, 0) <= 0) {
      return false;
    }
    int targetLength = TARGET.encode(family, target);
    long address = ((DirectBuffer) direct).address();
    return BradawlUdpJdk.send0(channel.getFD(), address, length, TARGET.address(), targetLength)
        >= 0;
  }
}
