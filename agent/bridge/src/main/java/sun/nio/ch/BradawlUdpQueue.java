package sun.nio.ch;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Datagrams that were taken from the kernel before the application asked, in their order. Bounded
 * in octets like the kernel's own buffer, and like it drops the newest when full.
 */
final class BradawlUdpQueue {

  static final int CAPACITY = 256 * 1024;

  /** What a queued datagram costs besides its octets. */
  private static final int OVERHEAD = 64;

  private final ArrayDeque<Datagram> waiting = new ArrayDeque<>();
  private int octets;
  private volatile boolean empty = true;

  static final class Datagram {
    final byte[] data;
    final InetSocketAddress source;

    Datagram(byte[] data, InetSocketAddress source) {
      this.data = data;
      this.source = source;
    }
  }

  boolean isEmpty() {
    return empty;
  }

  synchronized void add(ByteBuffer bb, int pos, int length, InetSocketAddress source) {
    if (octets + length + OVERHEAD > CAPACITY) {
      return;
    }
    byte[] data = new byte[length];
    for (int i = 0; i < length; i++) {
      data[i] = bb.get(pos + i);
    }
    octets += length + OVERHEAD;
    waiting.add(new Datagram(data, source));
    empty = false;
  }

  synchronized Datagram poll() {
    Datagram first = waiting.poll();
    if (first != null) {
      octets -= first.data.length + OVERHEAD;
      empty = waiting.isEmpty();
    }
    return first;
  }

  synchronized void clear() {
    waiting.clear();
    octets = 0;
    empty = true;
  }
}
