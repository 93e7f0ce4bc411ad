package io.bradawl.it.load;

import java.nio.ByteBuffer;

/**
 * One logical peer under load: keeps some datagrams under way, and sends the next burst when there
 * is room. A burst is one system call.
 */
final class Flow implements AutoCloseable {

  private static final long LOST_AFTER = 300_000_000L;

  private final UdpSocket socket;
  private final ByteBuffer burst;
  private final long address;
  private final int size;
  private final int bursts;
  private final int expected;
  private int underWay;
  private long heard;
  private long sent;
  private long received;

  /**
   * @param burst datagrams of equal length
   * @param size how many
   * @param bursts under way at once
   * @param expected the first two octets of what comes back
   */
  Flow(UdpSocket socket, ByteBuffer burst, int size, int bursts, int expected) {
    this.socket = socket;
    this.burst = burst;
    this.address = Kernel.addressOf(burst);
    this.size = size;
    this.bursts = bursts;
    this.expected = expected;
    socket.segment(burst.capacity() / size);
  }

  UdpSocket socket() {
    return socket;
  }

  long sent() {
    return sent;
  }

  long received() {
    return received;
  }

  /** Receives and sends what can be; returns how many datagrams moved. */
  int turn(Batch batch, long now) {
    int moved = underWay == 0 ? 0 : receive(batch, now);
    if (moved == 0 && underWay > 0 && now - heard > LOST_AFTER) {
      underWay = 0;
    }
    while (underWay <= (bursts - 1) * size && socket.send(address, burst.capacity())) {
      heard = underWay == 0 ? now : heard;
      underWay += size;
      sent += size;
      moved += size;
    }
    return moved;
  }

  private int receive(Batch batch, long now) {
    int count = batch.receive(socket.fd());
    for (int i = 0; i < count; i++) {
      if (batch.start(i) == expected) {
        received++;
      }
    }
    underWay = Math.max(0, underWay - count);
    heard = count > 0 ? now : heard;
    return count;
  }

  @Override
  public void close() {
    socket.close();
  }
}
