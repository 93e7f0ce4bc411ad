package io.bradawl.protocol.signal;

import io.bradawl.protocol.signal.Search.Purpose;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * For how long the node in use is stayed with: decides when a round is to run beside it. That is
 * when the node asks its peers to move, when it leaves a request unanswered for suspiciously long,
 * and, ever more rarely if that leads nowhere, to return to a server that is preferred to it.
 */
final class Tenure {

  /** Peers that are asked to move at the same moment do so within this time. */
  private static final long SCATTER = Duration.ofSeconds(1).toNanos();

  private enum Timer {
    /** Look for another node, as the one in use wishes. */
    MOVE,
    /** Try to return to a server that is preferred to the one in use. */
    HOME
  }

  private final int servers;
  private final Search search;
  private final RandomGenerator random;
  private final Absence absence;
  private final Timers<Timer> timers = new Timers<>(Timer.class);
  private boolean moving;
  private boolean doubted;

  /**
   * @param servers how many there are
   */
  Tenure(int servers, Search search, RegistrationTimes times, RandomGenerator random) {
    this.servers = servers;
    this.search = search;
    this.random = random;
    this.absence = new Absence(times, random);
  }

  void begin(Node node, long now) {
    clear();
    if (node.server() == 0) {
      absence.arrived(now);
    } else {
      timers.set(Timer.HOME, now + absence.draw());
    }
  }

  /** There is no node in use any more. */
  void end(Node node, long now) {
    clear();
    left(node, now);
  }

  /** Another one is in use instead. */
  void left(Node node, long now) {
    if (node.server() == 0) {
      absence.left(now);
    }
  }

  void clear() {
    moving = false;
    doubted = false;
    timers.clear();
  }

  /** The node in use asks to be left within that time. */
  void move(Duration within, long now) {
    if (!moving) {
      moving = true;
      timers.set(Timer.MOVE, now + random.nextLong(Math.min(SCATTER, within.toNanos() / 2) + 1));
    }
  }

  /** Whether the node in use was only slow; true once. */
  boolean isReassured(ServerConnection inUse, long now) {
    boolean reassured = doubted && !inUse.isSuspect(now);
    doubted &= !reassured;
    return reassured;
  }

  void tick(ServerConnection inUse, long now) {
    if (timers.due(Timer.MOVE, now)) {
      beside(inUse, Purpose.MOVE, servers, now);
    }
    if (!doubted && inUse.isSuspect(now)) {
      doubted = true;
      beside(inUse, Purpose.DOUBT, servers, now);
    }
    if (timers.due(Timer.HOME, now)) {
      beside(inUse, Purpose.HOME, inUse.node().server(), now);
    }
  }

  long nextTimeout(ServerConnection inUse) {
    return doubted ? timers.next() : Math.min(timers.next(), inUse.suspectAt());
  }

  /** A round beside the node in use has led nowhere. */
  void searchFailed(Purpose purpose, long now) {
    if (moving) {
      timers.set(Timer.MOVE, now + search.lengthenedPause());
    } else if (purpose == Purpose.HOME) {
      absence.lengthen();
      timers.set(Timer.HOME, now + absence.draw());
    }
  }

  /** Unless a round is under way. */
  private void beside(ServerConnection inUse, Purpose why, int preferred, long now) {
    if (!search.isUnderWay()) {
      search.begin(why, preferred, inUse.node(), now);
    } else if (why != Purpose.DOUBT) {
      timers.set(why == Purpose.MOVE ? Timer.MOVE : Timer.HOME, now + SCATTER);
    }
  }
}
