package io.bradawl.protocol.signal;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.protocol.signal.Signal.Registered;
import io.bradawl.protocol.turn.RelayGrant;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one registration alive at one of several rendezvous nodes: servers in order of preference,
 * each at one or more addresses.
 *
 * <p>A <em>round</em> tries the nodes one after the other until one takes the registration. When
 * the node in use is lost, a round begins at once with all others. After a round without success
 * comes a pause that grows; a look-up cuts it short, because an application waits. Look-ups survive
 * the loss of a node and fail with the round.
 *
 * <p>A round can also run <em>beside</em> the connection in use, which is left only once another
 * node has taken the registration: when the node asks its peers to move, when it leaves a request
 * unanswered for suspiciously long, and, ever more rarely if that leads nowhere, to return to a
 * server that is preferred to the one in use. A node that was left is listened to a little longer,
 * because answers may be under way.
 *
 * <p>A driver performs {@link RegistrationOutput}s and reports {@link RegistrationInput}s under the
 * contract of {@link Machine}.
 */
public final class RegistrationMachine implements Machine<RegistrationInput, RegistrationOutput> {

  /** Peers that are asked to move at the same moment do so within this time. */
  private static final long SCATTER = Duration.ofSeconds(1).toNanos();

  private enum Timer {
    /** The pause is over: begin a round, or go on with it. */
    ROUND,
    /** A host name is not looked up in time; it may lead somewhere all the same. */
    RESOLVE,
    /** Look for another node, as the one in use wishes. */
    MOVE,
    /** Try to return to a server that is preferred to the one in use. */
    HOME,
    /** Stop listening to the node that was left. */
    LEAVE
  }

  /** What a round is for. */
  private enum Purpose {
    /** There is no registration. */
    REGISTER,
    /** The node in use asks for it. */
    MOVE,
    /** The node in use is silent. */
    DOUBT,
    /** Another server is preferred to the one in use. */
    HOME
  }

  private final Registrant registrant;
  private final List<String> servers;
  private final RegistrationTimes times;
  private final RandomGenerator random;
  private final Queue<RegistrationOutput> outputs = new ArrayDeque<>();
  private final Timers<Timer> timers = new Timers<>(Timer.class);
  private final Lookups lookups = new Lookups(outputs::add);
  private final Events events = new Events();
  private final Pause pause;
  private final Absence absence;
  private Set<Service> services = Set.of();
  private PathCounts paths = PathCounts.NONE;
  private long connections;

  /** Registered; everything goes over it. */
  private @Nullable ServerConnection inUse;

  /** Being made. */
  private @Nullable ServerConnection attempt;

  /** No longer in use, but still listened to. */
  private @Nullable ServerConnection left;

  private @Nullable Round round;
  private Purpose purpose = Purpose.REGISTER;
  private int resolving = -1;
  private boolean moving;
  private boolean doubted;
  private boolean started;
  private boolean stopped;
  private long roundEndedAt;
  private @Nullable RelayGrant relay;
  private Reason reason = Reason.SERVER_ERROR;
  private String trouble = "not started";

  /**
   * A machine that does nothing before {@link RegistrationInput.Start}.
   *
   * @param servers their names in order of preference, as messages to the user shall show them; at
   *     least one
   * @param random draws transaction ids, so it must be cryptographically strong outside of tests
   */
  public RegistrationMachine(
      Registrant registrant,
      List<String> servers,
      RegistrationTimes times,
      RandomGenerator random) {
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("no rendezvous server given; at least one is needed");
    }
    this.registrant = registrant;
    this.servers = List.copyOf(servers);
    this.times = times;
    this.random = random;
    this.pause = new Pause(times, random);
    this.absence = new Absence(times, random);
  }

  /** The measured round trip to the rendezvous in use, zero before the first measurement. */
  public Duration rtt() {
    ServerConnection speaking = inUse != null ? inUse : attempt;
    return speaking == null ? Duration.ZERO : speaking.rtt();
  }

  /** Whether a rendezvous has confirmed the registration on a connection that still stands. */
  public boolean isUp() {
    return inUse != null;
  }

  @Override
  public void handle(RegistrationInput input, long now) {
    if (stopped) {
      refuse(input);
    } else if (input instanceof RegistrationInput.Start) {
      start(now);
    } else if (input instanceof RegistrationInput.Serve serve) {
      serve(serve.services(), now);
    } else if (input instanceof RegistrationInput.Report report) {
      report(report.paths(), now);
    } else if (input instanceof RegistrationInput.Find find) {
      find(find, now);
    } else if (input instanceof RegistrationInput.Tell tell) {
      tell(tell.indication(), now);
    } else if (input instanceof RegistrationInput.Resolved resolved) {
      resolved(resolved, now);
    } else if (input instanceof RegistrationInput.Connected connected) {
      standing(connected.connection()).forEach(connection -> connection.connected(now));
    } else if (input instanceof RegistrationInput.Disconnected lost) {
      standing(lost.connection()).forEach(connection -> connection.disconnected(lost.why(), now));
    } else if (input instanceof RegistrationInput.Received received) {
      received(received, now);
    } else if (input instanceof RegistrationInput.Stop) {
      stop();
    }
  }

  @Override
  public void tick(long now) {
    if (stopped) {
      return;
    }
    connections().forEach(connection -> connection.tick(now));
    if (timers.due(Timer.RESOLVE, now)) {
      resolved(new RegistrationInput.Resolved(resolving, List.of()), now);
    }
    if (timers.due(Timer.ROUND, now)) {
      next(now);
    }
    if (timers.due(Timer.MOVE, now) && moving) {
      beside(Purpose.MOVE, servers.size(), now);
    }
    if (inUse != null && !doubted && inUse.isSuspect(now)) {
      doubted = true;
      beside(Purpose.DOUBT, servers.size(), now);
    }
    if (timers.due(Timer.HOME, now) && inUse != null) {
      beside(Purpose.HOME, inUse.node().server(), now);
    }
    if (timers.due(Timer.LEAVE, now)) {
      closeLeft();
    }
    lookups.failDue(now, "no answer in time; last trouble: " + trouble);
  }

  @Override
  public @Nullable RegistrationOutput poll() {
    return outputs.poll();
  }

  @Override
  public long nextTimeout() {
    long next = Math.min(timers.next(), lookups.nextDeadline());
    if (inUse != null && !doubted) {
      next = Math.min(next, inUse.suspectAt());
    }
    return Math.min(
        next, connections().mapToLong(ServerConnection::nextTimeout).min().orElse(NEVER));
  }

  private void start(long now) {
    if (!started) {
      started = true;
      next(now);
    }
  }

  private void stop() {
    stopped = true;
    connections().forEach(ServerConnection::close);
    inUse = null;
    attempt = null;
    left = null;
    timers.clear();
    lookups.failAll(Reason.SERVER_ERROR, "the agent is shutting down");
  }

  private void refuse(RegistrationInput input) {
    if (input instanceof RegistrationInput.Find find) {
      outputs.add(
          new RegistrationOutput.LookupFailed(
              find.ticket(), Reason.SERVER_ERROR, "the agent is shutting down"));
    }
  }

  private void serve(Set<Service> wanted, long now) {
    if (!services.equals(wanted)) {
      services = wanted;
      Stream.of(inUse, attempt)
          .flatMap(Stream::ofNullable)
          .forEach(connection -> connection.servicesChanged(now));
    }
  }

  private void report(PathCounts counts, long now) {
    paths = counts;
    if (inUse != null) {
      inUse.pathsChanged(now);
    }
  }

  private Signal.Register statement() {
    return registrant.register(services).with(paths);
  }

  private void find(RegistrationInput.Find find, long now) {
    lookups.add(find.ticket(), find.what(), now + times.patience().toNanos());
    ServerConnection speaking = speaking();
    if (speaking != null) {
      speaking.lookup(find.ticket(), find.what(), now);
    } else if (round == null && started) {
      timers.advance(Timer.ROUND, Math.max(now, roundEndedAt + times.shortestPause().toNanos()));
    }
  }

  private void tell(Signal.Indication indication, long now) {
    ServerConnection speaking = speaking();
    if (speaking != null) {
      speaking.tell(indication, now);
    }
  }

  private void received(RegistrationInput.Received received, long now) {
    standing(received.connection())
        .forEach(connection -> connection.received(received.message(), now));
    if (doubted && (inUse == null || !inUse.isSuspect(now))) {
      doubted = false;
      endDoubt();
    }
  }

  /** The node in use was only slow. What is on its way to another one is given up in time. */
  private void endDoubt() {
    if (round != null && purpose == Purpose.DOUBT && (attempt == null || !attempt.isOpen())) {
      endRound();
      if (attempt != null) {
        attempt.close();
        attempt = null;
      }
    }
  }

  /** Begins a round while there is a connection in use, unless one is under way. */
  private void beside(Purpose why, int preferred, long now) {
    if (round == null) {
      begin(why, preferred, inUse == null ? null : inUse.node());
      next(now);
    } else if (why != Purpose.DOUBT) {
      timers.set(why == Purpose.MOVE ? Timer.MOVE : Timer.HOME, now + SCATTER);
    }
  }

  private void begin(Purpose why, int preferred, @Nullable Node last) {
    round = new Round(preferred, last, random);
    purpose = why;
  }

  private void endRound() {
    round = null;
    resolving = -1;
    timers.cancel(Timer.ROUND);
    timers.cancel(Timer.RESOLVE);
  }

  /** Goes on with the round: the next node, or else the next server, or else its end. */
  private void next(long now) {
    if (round == null) {
      begin(Purpose.REGISTER, servers.size(), null);
    }
    Round under = round;
    if (under == null || attempt != null) {
      return;
    }
    Node node = under.nextNode();
    if (node != null) {
      connect(node, now);
      return;
    }
    resolving = under.nextServer();
    if (resolving >= 0) {
      timers.set(Timer.RESOLVE, now + times.connect().toNanos());
      outputs.add(new RegistrationOutput.Resolve(resolving));
    } else {
      returnToLast(under, now);
    }
  }

  /** A node that has just been lost is given a moment, unless the others have taken that time. */
  private void returnToLast(Round under, long now) {
    if (purpose == Purpose.REGISTER && !under.hasTried() && under.takeBreath()) {
      timers.set(Timer.ROUND, now + pause.scatter());
      return;
    }
    Node last = purpose == Purpose.DOUBT ? null : under.lastNode();
    if (last != null) {
      connect(last, now);
    } else {
      roundFailed(now);
    }
  }

  private void resolved(RegistrationInput.Resolved resolved, long now) {
    if (round != null && resolved.server() == resolving) {
      timers.cancel(Timer.RESOLVE);
      resolving = -1;
      round.resolved(resolved.server(), resolved.addresses());
      next(now);
    }
  }

  private void connect(Node node, long now) {
    attempt =
        new ServerConnection(
            ++connections, node, registrant, this::statement, times, random, outputs::add, events);
    attempt.start(now);
  }

  private void roundFailed(long now) {
    endRound();
    if (inUse == null) {
      roundEndedAt = now;
      timers.set(Timer.ROUND, now + pause.lengthen());
      lookups.failAll(reason, trouble);
      outputs.add(new RegistrationOutput.Down(reason, trouble));
    } else if (moving) {
      timers.set(Timer.MOVE, now + pause.lengthen());
    } else if (purpose == Purpose.HOME) {
      absence.lengthen();
      timers.set(Timer.HOME, now + absence.draw());
    }
  }

  private void failed(int server, Reason why, String text) {
    reason = why;
    trouble = "rendezvous " + servers.get(server) + ": " + text;
  }

  private void closeLeft() {
    if (left != null) {
      left.close();
      left = null;
    }
  }

  /** What requests and indications go over; {@code null} if they would not be heard. */
  private @Nullable ServerConnection speaking() {
    if (inUse != null) {
      return inUse;
    }
    return attempt != null && attempt.isOpen() ? attempt : null;
  }

  private Stream<ServerConnection> connections() {
    return Stream.of(inUse, attempt, left).flatMap(Stream::ofNullable);
  }

  /** The connection of that number, unless it is one of the past. */
  private Stream<ServerConnection> standing(long number) {
    return connections().filter(connection -> connection.number() == number);
  }

  /** What the connections report. */
  private final class Events implements ServerConnection.Owner {

    @Override
    public void open(ServerConnection connection, long now) {
      if (connection == speaking()) {
        lookups.forEach((ticket, what) -> connection.lookup(ticket, what, now));
      }
    }

    @Override
    public void up(ServerConnection connection, Registered registered, long now) {
      ServerConnection before = inUse;
      attempt = null;
      inUse = connection;
      endRound();
      settle(connection.node(), now);
      if (before != null) {
        leave(before, now);
        lookups.forEach((ticket, what) -> connection.lookup(ticket, what, now));
      }
      outputs.add(
          new RegistrationOutput.Up(
              connection.number(), connection.node().server(), registered.observed()));
    }

    @Override
    public void granted(ServerConnection connection, @Nullable RelayGrant grant) {
      if (connection == inUse && !Objects.equals(relay, grant)) {
        relay = grant;
        outputs.add(new RegistrationOutput.Relay(grant));
      }
    }

    private void settle(Node node, long now) {
      moving = false;
      doubted = false;
      pause.reset();
      timers.cancel(Timer.MOVE);
      if (node.server() == 0) {
        timers.cancel(Timer.HOME);
        absence.arrived(now);
      } else {
        timers.set(Timer.HOME, now + absence.draw());
      }
    }

    private void leave(ServerConnection before, long now) {
      if (before.node().server() == 0) {
        absence.left(now);
      }
      closeLeft();
      left = before;
      timers.set(Timer.LEAVE, now + times.linger().toNanos());
    }

    @Override
    public void lost(ServerConnection connection, Reason why, String text, long now) {
      if (connection == left) {
        left = null;
        timers.cancel(Timer.LEAVE);
        return;
      }
      failed(connection.node().server(), why, text);
      if (connection == attempt) {
        attempt = null;
        next(now);
      } else if (connection == inUse) {
        lostInUse(connection, now);
      }
    }

    private void lostInUse(ServerConnection connection, long now) {
      inUse = null;
      moving = false;
      doubted = false;
      timers.cancel(Timer.MOVE);
      timers.cancel(Timer.HOME);
      if (connection.node().server() == 0) {
        absence.left(now);
      }
      outputs.add(new RegistrationOutput.Down(reason, trouble));
      endRound();
      begin(Purpose.REGISTER, servers.size(), connection.node());
      if (attempt != null && attempt.isOpen()) {
        open(attempt, now);
      }
      next(now);
    }

    @Override
    public void lookupAnswered(long ticket, Signal.Response response) {
      lookups.answered(ticket, response);
    }

    @Override
    public void indicated(ServerConnection connection, Signal signal, long now) {
      if (signal instanceof Signal.Indication indication) {
        outputs.add(new RegistrationOutput.Deliver(indication));
      } else if (signal instanceof Signal.Move move && connection == inUse && !moving) {
        moving = true;
        long within = Math.min(SCATTER, move.within().toNanos() / 2);
        timers.set(Timer.MOVE, now + random.nextLong(within + 1));
      }
    }
  }
}
