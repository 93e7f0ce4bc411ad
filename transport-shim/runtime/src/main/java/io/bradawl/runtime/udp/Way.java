package io.bradawl.runtime.udp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where a path leads and how datagrams go there; one object, so that no datagram can be sealed for
 * one path and sent on another.
 */
record Way(InetSocketAddress real, DatagramSecurity security) {

  /**
   * Seals if need be.
   *
   * @return where to send; {@code null} if the path has just ended, and the datagram is lost
   */
  @Nullable InetSocketAddress ready(ByteBuffer datagram, ByteBuffer into) {
    return security.seal(datagram, into) ? real : null;
  }

  /** The datagram as it is to be sent, in memory of its own; for the few that have waited. */
  @Nullable ByteBuffer ready(ByteBuffer datagram) {
    ByteBuffer into = ByteBuffer.allocate(datagram.remaining() + UdpSocket.SEAL_ROOM);
    if (!security.seal(datagram, into)) {
      return null;
    }
    return into.position() == 0 ? datagram : into.flip();
  }
}
