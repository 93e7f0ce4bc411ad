package io.bradawl.it.load;

import io.bradawl.protocol.stun.RequestedTransport;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Datagrams from a source of its own each: all of 127.0.0.0/8 is this machine, and IP_PKTINFO says
 * which address of it a datagram leaves from. Nobody reads what is answered.
 */
final class Spray implements AutoCloseable {

  private static final int SIZE = 64;
  private static final int HEADER = 64;
  private static final int VECTOR = 16;

  /** A cmsghdr with an in_pktinfo, aligned. */
  private static final int CONTROL = 32;

  private static final int CONTROL_LENGTH = 28;
  private static final int SOURCE = 20;
  private static final int IPPROTO_IP = 0;
  private static final int IP_PKTINFO = 8;
  private static final int GARBAGE = 200;

  private final SplittableRandom random = new SplittableRandom(5);
  private final ByteBuffer headers = Batch.direct(SIZE * HEADER);
  private final ByteBuffer vectors = Batch.direct(SIZE * VECTOR);
  private final ByteBuffer controls = Batch.direct(SIZE * CONTROL);
  private final ByteBuffer name = Batch.direct(Kernel.SOCKADDR_IN);
  private final List<ByteBuffer> kinds = List.of(binding(), allocate(), garbage());
  private final UdpSocket socket = UdpSocket.bound(new InetSocketAddress("0.0.0.0", 0));

  Spray(InetSocketAddress target) {
    name.put(UdpSocket.name(target));
    for (int i = 0; i < SIZE; i++) {
      ByteBuffer kind = kinds.get(i % kinds.size());
      vectors.putLong(i * VECTOR, Kernel.addressOf(kind)).putLong(i * VECTOR + 8, kind.capacity());
      int control = i * CONTROL;
      controls.putLong(control, CONTROL_LENGTH).putInt(control + 8, IPPROTO_IP);
      controls.putInt(control + 12, IP_PKTINFO);
      int header = i * HEADER;
      headers.putLong(header, Kernel.addressOf(name)).putInt(header + 8, Kernel.SOCKADDR_IN);
      headers.putLong(header + 16, Kernel.addressOf(vectors) + (long) i * VECTOR);
      headers.putLong(header + 24, 1);
      headers.putLong(header + 32, Kernel.addressOf(controls) + control);
      headers.putLong(header + 40, CONTROL_LENGTH);
    }
  }

  /** Sends so many, or some more, as fast as it goes. */
  void run(long count) {
    for (long sent = 0; sent < count; ) {
      for (int i = 0; i < SIZE; i++) {
        int source = 127 | random.nextInt(1 << 24) << 8;
        controls.putInt(i * CONTROL + SOURCE, source);
      }
      sent += Math.max(0, Kernel.sendmmsg(socket.fd(), Kernel.addressOf(headers), SIZE, 0));
    }
  }

  private ByteBuffer binding() {
    return wire(StunMessage.request(StunMethod.BINDING, TransactionId.draw(random)));
  }

  private ByteBuffer allocate() {
    return wire(
        StunMessage.request(
            StunMethod.ALLOCATE, TransactionId.draw(random), RequestedTransport.UDP));
  }

  private ByteBuffer garbage() {
    ByteBuffer garbage = Batch.direct(GARBAGE);
    while (garbage.hasRemaining()) {
      garbage.put((byte) random.nextInt());
    }
    return garbage;
  }

  private static ByteBuffer wire(StunMessage message) {
    ByteBuffer encoded = StunEncoder.encode(message);
    return Batch.direct(encoded.remaining()).order(ByteOrder.BIG_ENDIAN).put(encoded);
  }

  @Override
  public void close() {
    socket.close();
  }
}
