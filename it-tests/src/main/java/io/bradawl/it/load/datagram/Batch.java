package io.bradawl.it.load.datagram;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Room for many datagrams, laid out as {@code recvmmsg} and {@code sendmmsg} want it. */
public final class Batch {

  static final int SIZE = 64;

  private static final int HEADER = 64;
  private static final int NAME_LENGTH = 8;
  private static final int VECTORS = 16;
  private static final int VECTOR_COUNT = 24;
  private static final int RECEIVED = 56;
  private static final int VECTOR = 16;

  private final int slot;
  private final ByteBuffer headers = direct(SIZE * HEADER);
  private final ByteBuffer vectors = direct(SIZE * VECTOR);
  private final ByteBuffer names = direct(SIZE * Kernel.SOCKADDR_IN);
  private final ByteBuffer octets;
  private final long address = Kernel.addressOf(headers);

  /**
   * @param slot octets that are kept of each datagram
   * @param named whether the sources are wanted, to answer them
   */
  public Batch(int slot, boolean named) {
    this.slot = slot;
    this.octets = direct(SIZE * slot).order(ByteOrder.BIG_ENDIAN);
    for (int i = 0; i < SIZE; i++) {
      int header = i * HEADER;
      headers.putLong(header, named ? Kernel.addressOf(names) + (long) i * Kernel.SOCKADDR_IN : 0);
      headers.putInt(header + NAME_LENGTH, named ? Kernel.SOCKADDR_IN : 0);
      headers.putLong(header + VECTORS, Kernel.addressOf(vectors) + (long) i * VECTOR);
      headers.putLong(header + VECTOR_COUNT, 1);
      vectors.putLong(i * VECTOR, Kernel.addressOf(octets) + (long) i * slot);
      vectors.putLong(i * VECTOR + 8, slot);
    }
  }

  /** Outside of the heap, in the byte order of the machine. */
  public static ByteBuffer direct(int size) {
    return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
  }

  /** Reads what is there; returns how many. */
  int receive(int fd) {
    return Math.max(0, Kernel.recvmmsg(fd, address, SIZE, Kernel.MSG_DONTWAIT, 0));
  }

  /**
   * Sends the first {@code count} datagrams back to where they came from; returns how many went.
   */
  public int sendBack(int fd, int count) {
    for (int i = 0; i < count; i++) {
      vectors.putLong(i * VECTOR + 8, headers.getInt(i * HEADER + RECEIVED));
    }
    int sent = Math.max(0, Kernel.sendmmsg(fd, address, count, 0));
    for (int i = 0; i < count; i++) {
      vectors.putLong(i * VECTOR + 8, slot);
    }
    return sent;
  }

  /** The first two octets of a datagram. */
  public int start(int index) {
    return octets.getShort(index * slot) & 0xFFFF;
  }

  /** The four octets at {@code offset} of a datagram. */
  public int number(int index, int offset) {
    return octets.getInt(index * slot + offset);
  }

  /** A datagram, as far as it fitted. */
  public ByteBuffer datagram(int index) {
    return octets.slice(index * slot, headers.getInt(index * HEADER + RECEIVED));
  }
}
