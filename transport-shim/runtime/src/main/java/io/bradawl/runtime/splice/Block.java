package io.bradawl.runtime.splice;

import io.bradawl.protocol.seal.StreamSealer;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Room for a few records of the largest size, on the heap because the JDK's ciphers are fastest on
 * arrays. Several records go through one system call. Plain octets are read into {@link #slots},
 * between which the headers and tags fit: they are sealed where they lie and leave as one piece.
 */
final class Block {

  private static final int RECORDS = 4;
  private static final int RECORD = StreamSealer.MAX_DATA + StreamSealer.OVERHEAD;

  /** Octets of plain data that the slots take. */
  static final int DATA = RECORDS * StreamSealer.MAX_DATA;

  /** Octets of a block. */
  static final int SIZE = RECORDS * RECORD;

  private final byte[] array = new byte[SIZE];
  private final ByteBuffer whole = ByteBuffer.wrap(array);
  private final ByteBuffer[] slots = new ByteBuffer[RECORDS];
  private int weight;

  Block() {
    for (int i = 0; i < RECORDS; i++) {
      int data = i * RECORD + StreamSealer.HEADER_LENGTH;
      slots[i] = whole.slice(data, StreamSealer.MAX_DATA);
    }
  }

  byte[] array() {
    return array;
  }

  /** All of it; whoever holds the block owns position and limit. */
  ByteBuffer whole() {
    return whole;
  }

  /**
   * Where the data of records lies, empty.
   *
   * @param most octets of the records together, header and tag included
   */
  ByteBuffer[] slots(int most) {
    int left = most;
    for (ByteBuffer slot : slots) {
      int data = Math.max(0, Math.min(left - StreamSealer.OVERHEAD, StreamSealer.MAX_DATA));
      slot.clear().limit(data);
      left -= data + StreamSealer.OVERHEAD;
    }
    return slots;
  }

  /** Octets on the wire that brought what is in it, as far as they were {@link #weigh}ed. */
  int weight() {
    return weight;
  }

  /** Adds to the {@link #weight}. */
  void weigh(int octets) {
    weight += octets;
  }

  /** Adds the first {@code length} octets of {@code other}, and its weight, where the limit is. */
  void append(Block other, int length) {
    int end = whole.limit();
    System.arraycopy(other.array, 0, array, end, length);
    whole.limit(end + length);
    weight += other.weight;
  }

  /**
   * The blocks of one loop. A flow holds blocks only while octets wait in it, so connections that
   * are idle cost none.
   */
  static class Pool {

    private static final int SPARE = 16;

    private final Deque<Block> spare = new ArrayDeque<>();

    /** An empty block: position 0, limit 0, no weight. */
    Block take() {
      Block block = spare.isEmpty() ? new Block() : spare.pop();
      block.whole.position(0).limit(0);
      block.weight = 0;
      return block;
    }

    void give(Block block) {
      if (spare.size() < SPARE) {
        spare.push(block);
      }
    }
  }
}
