package io.bradawl.runtime.udp;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * From (IP address, port) to a value, for the data path: a look-up takes no lock and makes no
 * object, because readers see one immutable open-addressing table, which each change replaces.
 * Changes are rare: they come with paths, not datagrams.
 */
final class AddressTable<V> {

  private static final int SMALLEST = 8;

  private volatile Slots slots = new Slots(SMALLEST);
  private int size;

  /** The value of the address given as two halves of its (v4-mapped) IPv6 form. */
  @SuppressWarnings("unchecked")
  @Nullable V get(long ipHigh, long ipLow, int port) {
    Slots now = slots;
    return (V) now.values[now.find(ipHigh, ipLow, port)];
  }

  synchronized void put(long ipHigh, long ipLow, int port, V value) {
    Objects.requireNonNull(value);
    size += get(ipHigh, ipLow, port) == null ? 1 : 0;
    Slots next = new Slots(Math.max(SMALLEST, Integer.highestOneBit(size) << 2));
    slots.copyTo(next, null);
    next.set(ipHigh, ipLow, port, value);
    slots = next;
  }

  /** Removes every address that has that value. */
  synchronized void removeAll(V value) {
    Slots next = new Slots(slots.values.length);
    slots.copyTo(next, value);
    slots = next;
    size = next.count();
  }

  synchronized void clear() {
    slots = new Slots(SMALLEST);
    size = 0;
  }

  int size() {
    return size;
  }

  private static final class Slots {

    final long[] high;
    final long[] low;
    final int[] port;
    final @Nullable Object[] values;

    Slots(int length) {
      high = new long[length];
      low = new long[length];
      port = new int[length];
      values = new Object[length];
    }

    /** Where the key is, or would be. At least half of the slots are empty, so there is an end. */
    int find(long ipHigh, long ipLow, int ipPort) {
      int mask = values.length - 1;
      int at = hash(ipHigh, ipLow, ipPort) & mask;
      while (values[at] != null
          && !(low[at] == ipLow && port[at] == ipPort && high[at] == ipHigh)) {
        at = at + 1 & mask;
      }
      return at;
    }

    void set(long ipHigh, long ipLow, int ipPort, Object value) {
      int at = find(ipHigh, ipLow, ipPort);
      high[at] = ipHigh;
      low[at] = ipLow;
      port[at] = ipPort;
      values[at] = value;
    }

    void copyTo(Slots other, @Nullable Object except) {
      for (int i = 0; i < values.length; i++) {
        Object value = values[i];
        if (value != null && value != except) {
          other.set(high[i], low[i], port[i], value);
        }
      }
    }

    int count() {
      int count = 0;
      for (Object value : values) {
        count += value == null ? 0 : 1;
      }
      return count;
    }

    private static int hash(long ipHigh, long ipLow, int ipPort) {
      long mixed = (ipHigh * 31 + ipLow * 0x9E3779B97F4A7C15L ^ ipPort) * 0xBF58476D1CE4E5B9L;
      return (int) (mixed >>> 32);
    }
  }
}
