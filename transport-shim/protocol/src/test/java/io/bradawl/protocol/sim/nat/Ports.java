package io.bradawl.protocol.sim.nat;

import io.bradawl.protocol.sim.nat.NatBehaviour.Allocation;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** The external ports of one NAT for one transport. */
final class Ports {

  /** Outside what hosts draw their own ports from, so that translated ports are seen as such. */
  private static final int FIRST = 40_000;

  private static final int COUNT = 20_000;

  private final Allocation allocation;
  private final Random random;
  private final Set<Integer> taken = new HashSet<>();
  private int last;

  Ports(Allocation allocation, Random random) {
    this.allocation = allocation;
    this.random = random;
    last = FIRST + random.nextInt(COUNT / 2);
  }

  /**
   * @throws IllegalStateException if no port is left
   */
  int take(int insidePort) {
    if (taken.size() >= COUNT / 4) {
      throw new IllegalStateException(taken.size() + " ports in use: the world is too crowded");
    }
    int port = propose(insidePort);
    while (!taken.add(port)) {
      port = next(port, insidePort);
    }
    last = port;
    return port;
  }

  void giveBack(int port) {
    taken.remove(port);
  }

  private int propose(int insidePort) {
    return switch (allocation) {
      case NONE, PRESERVING -> insidePort;
      case SEQUENTIAL -> next(last, insidePort);
      case PARITY, RANDOM -> draw(insidePort);
    };
  }

  private int next(int port, int insidePort) {
    return allocation == Allocation.SEQUENTIAL
        ? FIRST + (port + 1 - FIRST) % COUNT
        : draw(insidePort);
  }

  private int draw(int insidePort) {
    int port = FIRST + random.nextInt(COUNT);
    boolean keepsParity = allocation == Allocation.PARITY;
    return keepsParity ? (port & ~1) | (insidePort & 1) : port;
  }
}
