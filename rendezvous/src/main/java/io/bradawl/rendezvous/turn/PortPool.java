package io.bradawl.rendezvous.turn;

import java.util.BitSet;
import java.util.random.RandomGenerator;

/**
 * The ports of one relay address. They are drawn at random, so that nobody can guess the port of
 * the next allocation (RFC 8656 section 7.2). All threads share it.
 */
final class PortPool {

  /** No port is free. */
  static final int NONE = -1;

  private final int first;
  private final int count;
  private final BitSet taken = new BitSet();
  private final RandomGenerator random;

  PortPool(int first, int last, RandomGenerator random) {
    this.first = first;
    this.count = last - first + 1;
    this.random = random;
  }

  /** A port that was free, or {@link #NONE}. */
  synchronized int take() {
    int start = random.nextInt(count);
    int port = taken.nextClearBit(start);
    if (port >= count) {
      port = taken.nextClearBit(0);
    }
    return port >= count ? NONE : taking(port);
  }

  /**
   * An even port that was free, or {@link #NONE}.
   *
   * @param withNext whether the next port must have been free too; it is taken as well
   */
  synchronized int takeEven(boolean withNext) {
    int start = random.nextInt(count);
    for (int i = 0; i < count; i++) {
      int port = (start + i) % count;
      boolean fits = (first + port) % 2 == 0 && !taken.get(port);
      if (fits && !withNext) {
        return taking(port);
      }
      if (fits && port + 1 < count && !taken.get(port + 1)) {
        taken.set(port + 1);
        return taking(port);
      }
    }
    return NONE;
  }

  /** Makes a port free again. */
  synchronized void give(int port) {
    taken.clear(port - first);
  }

  private int taking(int port) {
    taken.set(port);
    return first + port;
  }
}
