package io.bradawl.runtime.udp;

import io.bradawl.protocol.turn.ChannelData;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** From the socket over UDP to a TURN server, in ChannelData (RFC 8656 section 12.4). */
record ChannelWay(InetSocketAddress server, int channel, DatagramSecurity security) implements Way {

  @Override
  public @Nullable InetSocketAddress ready(ByteBuffer datagram, ByteBuffer into) {
    return frame(datagram, into) ? server : null;
  }

  @Override
  public void send(ByteBuffer datagram, AppDatagramSocket from) {
    ByteBuffer into = ByteBuffer.allocate(datagram.remaining() + UdpSocket.SEAL_ROOM);
    if (frame(datagram, into)) {
      from.send(into.flip(), server);
    }
  }

  @Override
  public void sendLast(ByteBuffer control, AppDatagramSocket from) {
    from.sendLast(framed(channel, control), server);
  }

  /** A control message as it is to be sent. */
  static ByteBuffer framed(int channel, ByteBuffer control) {
    int length = control.remaining();
    return ByteBuffer.allocate(ChannelData.HEADER + length)
        .putInt(ChannelData.header(channel, length))
        .put(control.duplicate())
        .flip();
  }

  private boolean frame(ByteBuffer datagram, ByteBuffer into) {
    int start = into.position();
    into.position(start + ChannelData.HEADER);
    if (!security.seal(datagram, into)) {
      return false;
    }
    if (into.position() == start + ChannelData.HEADER) {
      into.put(into.position(), datagram, datagram.position(), datagram.remaining());
      into.position(into.position() + datagram.remaining());
    }
    int header = ChannelData.header(channel, into.position() - start - ChannelData.HEADER);
    for (int i = 0; i < ChannelData.HEADER; i++) {
      into.put(start + i, (byte) (header >> 24 - 8 * i)); // whatever the buffer's byte order
    }
    return true;
  }
}
