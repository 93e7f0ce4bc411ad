package io.bradawl.protocol.signal;

import io.bradawl.protocol.address.TransportAddress;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a node that takes the registration. A <em>round</em> tries the nodes one after the
 * other until one does. After a round without success comes a pause that grows.
 */
final class Search {

  /** What a round is for. */
  enum Purpose {
    /** There is no registration. */
    REGISTER,
    /** The node in use asks for it. */
    MOVE,
    /** The node in use is silent. */
    DOUBT,
    /** Another server is preferred to the one in use. */
    HOME
  }

  /** Does what the search needs. */
  interface Seeker {
    /** Whether the node that was tried last has not decided yet. */
    boolean isConnecting();

    /** {@link Search#resolved} is the answer. */
    void resolve(int server);

    void connect(Node node, long now);

    /** The round has led nowhere. */
    void failed(Purpose purpose, long now);
  }

  private enum Timer {
    /** The pause is over: begin a round, or go on with it. */
    ROUND,
    /** A host name is not looked up in time; it may lead somewhere all the same. */
    RESOLVE
  }

  private final int servers;
  private final RegistrationTimes times;
  private final RandomGenerator random;
  private final Seeker seeker;
  private final Timers<Timer> timers = new Timers<>(Timer.class);
  private final Pause pause;
  private @Nullable Round round;
  private Purpose purpose = Purpose.REGISTER;
  private int resolving = -1;
  private long restedFrom;

  /**
   * @param servers how many there are
   */
  Search(int servers, RegistrationTimes times, RandomGenerator random, Seeker seeker) {
    this.servers = servers;
    this.times = times;
    this.random = random;
    this.seeker = seeker;
    this.pause = new Pause(times, random);
  }

  boolean isUnderWay() {
    return round != null;
  }

  boolean isFor(Purpose what) {
    return round != null && purpose == what;
  }

  /**
   * Begins a round in place of the one under way.
   *
   * @param preferred how many of the servers, from the first
   * @param last where one has just been: tried when all others were; {@code null} for none
   */
  void begin(Purpose why, int preferred, @Nullable Node last, long now) {
    end();
    round = new Round(preferred, last, random);
    purpose = why;
    next(now);
  }

  void end() {
    round = null;
    resolving = -1;
    timers.clear();
  }

  /** A node has taken the registration. */
  void succeeded() {
    end();
    pause.reset();
  }

  /** Goes on with the round: the next node, or else the next server, or else its end. */
  void next(long now) {
    if (round == null) {
      round = new Round(servers, null, random);
      purpose = Purpose.REGISTER;
    }
    Round under = round;
    if (seeker.isConnecting()) {
      return;
    }
    Node node = under.nextNode();
    if (node != null) {
      seeker.connect(node, now);
      return;
    }
    resolving = under.nextServer();
    if (resolving >= 0) {
      timers.set(Timer.RESOLVE, now + times.connect().toNanos());
      seeker.resolve(resolving);
    } else {
      returnToLast(under, now);
    }
  }

  void resolved(int server, List<TransportAddress> addresses, long now) {
    if (round != null && server == resolving) {
      timers.cancel(Timer.RESOLVE);
      resolving = -1;
      round.resolved(server, addresses);
      next(now);
    }
  }

  /** Begins the next round after a pause. */
  void rest(long now) {
    restedFrom = now;
    timers.set(Timer.ROUND, now + lengthenedPause());
  }

  /** Cuts the pause short, because an application waits. */
  void hasten(long now) {
    if (round == null) {
      timers.advance(Timer.ROUND, Math.max(now, restedFrom + times.shortestPause().toNanos()));
    }
  }

  /** Nanoseconds; longer after each round without success. */
  long lengthenedPause() {
    return pause.lengthen();
  }

  void tick(long now) {
    if (timers.due(Timer.RESOLVE, now)) {
      resolved(resolving, List.of(), now);
    }
    if (timers.due(Timer.ROUND, now)) {
      next(now);
    }
  }

  long nextTimeout() {
    return timers.next();
  }

  /** A node that has just been lost is given a moment, unless the others have taken that time. */
  private void returnToLast(Round under, long now) {
    if (purpose == Purpose.REGISTER && !under.hasTried() && under.takeBreath()) {
      timers.set(Timer.ROUND, now + pause.scatter());
      return;
    }
    Node last = purpose == Purpose.DOUBT ? null : under.lastNode();
    if (last != null) {
      seeker.connect(last, now);
    } else {
      end();
      seeker.failed(purpose, now);
    }
  }
}
