package io.bradawl.runtime.udp;

import io.bradawl.runtime.turn.TurnStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Past the socket, over a TCP or TLS connection to a TURN server. */
record StreamWay(TurnStream stream, int channel, DatagramSecurity security) implements Way {

  @Override
  public @Nullable InetSocketAddress ready(ByteBuffer datagram, ByteBuffer into) {
    int start = into.position();
    if (security.seal(datagram, into)) {
      boolean sealed = into.position() > start;
      stream.sendData(channel, sealed ? into.duplicate().flip().position(start) : datagram);
    }
    return null;
  }

  @Override
  public void send(ByteBuffer datagram, AppDatagramSocket from) {
    ready(datagram, ByteBuffer.allocate(datagram.remaining() + UdpSocket.SEAL_ROOM));
  }

  @Override
  public void sendLast(ByteBuffer control, AppDatagramSocket from) {
    stream.sendData(channel, control);
  }
}
