package io.bradawl.it.load.crowd;

import io.bradawl.it.load.datagram.Batch;
import io.bradawl.it.load.datagram.Kernel;
import io.bradawl.it.load.datagram.Salvo;
import io.bradawl.it.load.datagram.UdpSocket;
import io.bradawl.protocol.stun.RequestedTransport;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** Datagrams from a source of its own each, and nobody reads what is answered. */
public final class Spray implements AutoCloseable {

  private static final int GARBAGE = 200;
  private static final int ROUND = 48;
  private static final long PAUSE_NANOS = 50_000;

  private record Kind(ByteBuffer octets, long address) {

    static Kind of(ByteBuffer direct) {
      return new Kind(direct, Kernel.addressOf(direct));
    }
  }

  private final SplittableRandom random = new SplittableRandom(5);
  private final List<Kind> kinds =
      List.of(Kind.of(binding()), Kind.of(allocate()), Kind.of(garbage()));
  private final UdpSocket socket = UdpSocket.bound(new InetSocketAddress("0.0.0.0", 0));
  private final Salvo salvo;

  public Spray(InetSocketAddress target) {
    salvo = new Salvo(socket, target);
  }

  /** Sends so many, as fast as it goes. */
  public void run(long count) {
    for (long left = count; left > 0; left -= ROUND) {
      round();
    }
  }

  /**
   * Sends at an even pace, or as fast as it goes if that is slower; returns how many it sent.
   *
   * @param perSecond the pace
   */
  public long run(Duration time, int perSecond) {
    long start = System.nanoTime();
    long sent = 0;
    for (long now = start; now - start < time.toNanos(); now = System.nanoTime()) {
      if (sent <= (now - start) / 1e9 * perSecond) {
        sent += round();
      } else {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    return sent;
  }

  private int round() {
    for (int i = 0; i < ROUND; i++) {
      Kind kind = kinds.get(i % kinds.size());
      salvo.add(random.nextInt(Salvo.HOSTS), kind.address, kind.octets.capacity());
    }
    return salvo.fire();
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
