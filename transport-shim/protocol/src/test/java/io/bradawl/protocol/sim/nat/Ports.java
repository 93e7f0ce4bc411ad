package io.bradawl.protocol.sim.nat;

import io.bradawl.protocol.sim.nat.NatBehaviour.Allocation;
import java.util.BitSet;
import java.util.Random;

/** The external ports of one NAT for one transport. */
final class Ports {

  /** Outside what hosts draw their own ports from, so that translated ports are seen as such. */
  private static final int FIRST = 40_000;

  private static final int COUNT = 20_000;

  private final Allocation allocation;
  private final Random random;
  private final BitSet taken = new BitSet();
  private final BitSet retired = new BitSet();
  private final int distance;
  private int last;

  Ports(Allocation allocation, Random random) {
    this.allocation = allocation;
    this.random = random;
    last = FIRST + random.nextInt(COUNT / 2);
    distance = last & ~1;
  }

  /**
   * @param fits whether a port will do
   * @throws IllegalStateException if no port is left
   */
  int take(int insidePort, Fit fits) {
    if (taken.cardinality() >= COUNT / 4) {
      throw new IllegalStateException(
          taken.cardinality() + " ports in use: the world is too crowded");
    }
    int port = propose(insidePort);
    while (retired.get(port) || !fits.test(port, taken.get(port))) {
      port = next(port, insidePort);
    }
    taken.set(port);
    last = port;
    return port;
  }

  /** Gives none again of those that are taken now. */
  void retire() {
    retired.or(taken);
    taken.clear();
  }

  void giveBack(int port) {
    taken.clear(port);
  }

  private int propose(int insidePort) {
    return switch (allocation) {
      case NONE, PRESERVING -> insidePort;
      case SEQUENTIAL -> next(last, insidePort);
      case CONTIGUOUS -> within(insidePort + distance);
      case PARITY, RANDOM -> draw(insidePort);
    };
  }

  private int next(int port, int insidePort) {
    return allocation == Allocation.SEQUENTIAL ? within(port + 1) : draw(insidePort);
  }

  private int draw(int insidePort) {
    int port = FIRST + random.nextInt(COUNT);
    boolean keepsParity = allocation == Allocation.PARITY;
    return keepsParity ? (port & ~1) | (insidePort & 1) : port;
  }

  private static int within(int port) {
    return FIRST + Math.floorMod(port - FIRST, COUNT);
  }

  /** What speaks against a port beside that others have it. */
  interface Fit {
    boolean test(int port, boolean taken);
  }
}
