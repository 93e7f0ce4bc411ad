package io.bradawl.runtime.udp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** From the socket to the other peer. */
record DirectWay(InetSocketAddress real, DatagramSecurity security) implements Way {

  @Override
  public @Nullable InetSocketAddress ready(ByteBuffer datagram, ByteBuffer into) {
    return security.seal(datagram, into) ? real : null;
  }

  @Override
  public void send(ByteBuffer datagram, AppDatagramSocket from) {
    ByteBuffer into = ByteBuffer.allocate(datagram.remaining() + UdpSocket.SEAL_ROOM);
    if (security.seal(datagram, into)) {
      from.send(into.position() == 0 ? datagram : into.flip(), real);
    }
  }

  @Override
  public void sendLast(ByteBuffer control, AppDatagramSocket from) {
    from.sendLast(control, real);
  }
}
