package sun.nio.ch;

import java.nio.ByteBuffer;
import jdk.internal.misc.Unsafe;

/** Copies between native memory, {@code struct iovec} arrays and direct buffers. */
final class BradawlUdpVectors {

  /** More than any datagram has. */
  static final int MAX_DATAGRAM = 65536;

  private static final Unsafe UNSAFE = Unsafe.getUnsafe();
  private static final int WORD = UNSAFE.addressSize();

  private BradawlUdpVectors() {}

  /** Copies {@code buffer}'s first {@code length} octets to {@code address}. */
  static void copyOut(ByteBuffer buffer, long address, int length) {
    UNSAFE.copyMemory(((DirectBuffer) buffer).address(), address, length);
  }

  /** Fills {@code buffer} with {@code length} octets from {@code address}. */
  static void copyIn(long address, int length, ByteBuffer buffer) {
    UNSAFE.copyMemory(address, ((DirectBuffer) buffer).address(), length);
    buffer.limit(length);
  }

  /** Octets in all vectors, at most {@value #MAX_DATAGRAM}. */
  static int length(long vectors, int count) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += size(vectors, i);
    }
    return (int) Math.min(sum, MAX_DATAGRAM);
  }

  static void scatter(ByteBuffer buffer, int length, long vectors, int count) {
    long from = ((DirectBuffer) buffer).address();
    long left = length;
    for (int i = 0; i < count && left > 0; i++) {
      long part = Math.min(left, size(vectors, i));
      UNSAFE.copyMemory(from, base(vectors, i), part);
      from += part;
      left -= part;
    }
  }

  static void gather(long vectors, int count, int length, ByteBuffer buffer) {
    long to = ((DirectBuffer) buffer).address();
    long left = length;
    for (int i = 0; i < count && left > 0; i++) {
      long part = Math.min(left, size(vectors, i));
      UNSAFE.copyMemory(base(vectors, i), to, part);
      to += part;
      left -= part;
    }
    buffer.limit(length);
  }

  private static long base(long vectors, int index) {
    return UNSAFE.getAddress(vectors + (long) index * 2 * WORD);
  }

  private static long size(long vectors, int index) {
    return UNSAFE.getAddress(vectors + (long) index * 2 * WORD + WORD);
  }
}
