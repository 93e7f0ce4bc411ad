package io.bradawl.protocol.signal;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.signal.Search.Purpose;
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
 * <p>{@link Search} finds a node, {@link Tenure} decides when another one is looked for beside it:
 * the connection in use is left only once another node has taken the registration. A node that was
 * left is listened to a little longer, because answers may be under way. Look-ups survive the loss
 * of a node and fail with the round.
 *
 * <p>A driver performs {@link RegistrationOutput}s and reports {@link RegistrationInput}s under the
 * contract of {@link Machine}.
 */
public final class RegistrationMachine implements Machine<RegistrationInput, RegistrationOutput> {

  private enum Timer {
    /** Stop listening to the node that was left. */
    LEAVE
  }

  private final Registrant registrant;
  private final List<String> servers;
  private final RegistrationTimes times;
  private final RandomGenerator random;
  private final Queue<RegistrationOutput> outputs = new ArrayDeque<>();
  private final Timers<Timer> timers = new Timers<>(Timer.class);
  private final Lookups lookups = new Lookups(outputs::add);
  private final Events events = new Events();
  private final Search search;
  private final Tenure tenure;
  private Set<Service> services = Set.of();
  private PathCounts paths = PathCounts.NONE;
  private long connections;

  /** Registered; everything goes over it. */
  private @Nullable ServerConnection inUse;

  /** Being made. */
  private @Nullable ServerConnection attempt;

  /** No longer in use, but still listened to. */
  private @Nullable ServerConnection left;

  private boolean started;
  private boolean stopped;
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
    this.search = new Search(servers.size(), times, random, events);
    this.tenure = new Tenure(servers.size(), search, times, random);
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
    } else if (input instanceof RegistrationInput.Doubt && inUse != null) {
      inUse.doubt(now);
    } else if (input instanceof RegistrationInput.Resolved resolved) {
      search.resolved(resolved.server(), resolved.addresses(), now);
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
    search.tick(now);
    if (inUse != null) {
      tenure.tick(inUse, now);
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
    next = Math.min(next, search.nextTimeout());
    if (inUse != null) {
      next = Math.min(next, tenure.nextTimeout(inUse));
    }
    return Math.min(
        next, connections().mapToLong(ServerConnection::nextTimeout).min().orElse(NEVER));
  }

  private void start(long now) {
    if (!started) {
      started = true;
      search.next(now);
    }
  }

  private void stop() {
    stopped = true;
    connections().forEach(ServerConnection::close);
    inUse = null;
    attempt = null;
    left = null;
    timers.clear();
    search.end();
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
    } else if (started) {
      search.hasten(now);
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
    if (inUse != null && tenure.isReassured(inUse, now)) {
      endDoubt();
    }
  }

  /** The node in use was only slow. What is on its way to another one is given up in time. */
  private void endDoubt() {
    if (search.isFor(Purpose.DOUBT) && (attempt == null || !attempt.isOpen())) {
      search.end();
      if (attempt != null) {
        attempt.close();
        attempt = null;
      }
    }
  }

  private void noteTrouble(int server, Reason why, String text) {
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

  /** What the connections report, and what the search wants. */
  private final class Events implements ServerConnection.Owner, Search.Seeker {

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
      search.succeeded();
      tenure.begin(connection.node(), now);
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

    private void leave(ServerConnection before, long now) {
      tenure.left(before.node(), now);
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
      noteTrouble(connection.node().server(), why, text);
      if (connection == attempt) {
        attempt = null;
        search.next(now);
      } else if (connection == inUse) {
        lostInUse(connection, now);
      }
    }

    private void lostInUse(ServerConnection connection, long now) {
      inUse = null;
      tenure.end(connection.node(), now);
      outputs.add(new RegistrationOutput.Down(reason, trouble));
      if (attempt != null && attempt.isOpen()) {
        open(attempt, now);
      }
      search.begin(Purpose.REGISTER, servers.size(), connection.node(), now);
    }

    @Override
    public void lookupAnswered(long ticket, Signal.Response response) {
      lookups.answered(ticket, response);
    }

    @Override
    public void indicated(ServerConnection connection, Signal signal, long now) {
      if (signal instanceof Signal.Indication indication) {
        outputs.add(new RegistrationOutput.Deliver(indication));
      } else if (signal instanceof Signal.Move move && connection == inUse) {
        tenure.move(move.within(), now);
      }
    }

    @Override
    public boolean isConnecting() {
      return attempt != null;
    }

    @Override
    public void resolve(int server) {
      outputs.add(new RegistrationOutput.Resolve(server));
    }

    @Override
    public void connect(Node node, long now) {
      ServerConnection next =
          new ServerConnection(
              ++connections,
              node,
              registrant,
              RegistrationMachine.this::statement,
              times,
              random,
              outputs::add,
              this);
      attempt = next;
      next.start(now);
    }

    @Override
    public void failed(Purpose purpose, long now) {
      if (inUse != null) {
        tenure.searchFailed(purpose, now);
        return;
      }
      search.rest(now);
      lookups.failAll(reason, trouble);
      outputs.add(new RegistrationOutput.Down(reason, trouble));
    }
  }
}
