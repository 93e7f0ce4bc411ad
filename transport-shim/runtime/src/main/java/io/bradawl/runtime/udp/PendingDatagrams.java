package io.bradawl.runtime.udp;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams that were sent before there was a path, in order. When full it drops the newest, as a
 * kernel's socket buffer does. Not thread-safe.
 */
final class PendingDatagrams {

  static final int MAX_DATAGRAMS = 64;
  static final int MAX_OCTETS = 256 * 1024;

  private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>();
  private int octets;

  /** Copies the datagram, whose position stays. */
  boolean add(ByteBuffer datagram) {
    int length = datagram.remaining();
    if (waiting.size() == MAX_DATAGRAMS || octets + length > MAX_OCTETS) {
      return false;
    }
    waiting.add(ByteBuffer.allocate(length).put(datagram.duplicate()).flip());
    octets += length;
    return true;
  }

  /** Takes the first one out if it is no longer than {@code most} octets; else {@code null}. */
  @Nullable ByteBuffer takeFirst(int most) {
    ByteBuffer first = waiting.peek();
    if (first == null || first.remaining() > most) {
      return null;
    }
    octets -= first.remaining();
    return waiting.remove();
  }

  void drainTo(Consumer<ByteBuffer> sink) {
    waiting.forEach(sink);
    clear();
  }

  /** Drops all and says how many there were. */
  int clear() {
    int dropped = waiting.size();
    waiting.clear();
    octets = 0;
    return dropped;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }
}
