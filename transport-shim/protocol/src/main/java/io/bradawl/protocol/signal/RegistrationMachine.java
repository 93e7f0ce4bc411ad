package io.bradawl.protocol.signal;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.signal.Connections.Role;
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
import org.jspecify.annotations.Nullable;

/**
 * Keeps one registration alive at one of several rendezvous nodes: servers in order of preference,
 * each at one or more addresses.
 *
 * <p>{@link Search} finds a node, {@link Tenure} decides when another one is looked for beside it:
 * the connection in use is left only once another node has taken the registration. {@link
 * Connections} are those that there are meanwhile. Look-ups survive the loss of a node and fail
 * with the round.
 *
 * <p>A driver performs {@link RegistrationOutput}s and reports {@link RegistrationInput}s under the
 * contract of {@link Machine}.
 */
public final class RegistrationMachine implements Machine<RegistrationInput, RegistrationOutput> {

  private final Registrant registrant;
  private final List<String> servers;
  private final RegistrationTimes times;
  private final RandomGenerator random;
  private final Queue<RegistrationOutput> outputs = new ArrayDeque<>();
  private final Lookups lookups = new Lookups(outputs::add);
  private final Events events = new Events();
  private final Connections connections;
  private final Search search;
  private final Tenure tenure;
  private Set<Service> services = Set.of();
  private PathCounts paths = PathCounts.NONE;

  /** How many there were so far; the newest has this number. */
  private long made;

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
    this.connections = new Connections(times.linger());
    this.search = new Search(servers.size(), times, random, events);
    this.tenure = new Tenure(servers.size(), search, times, random);
  }

  /** The measured round trip to the rendezvous in use, zero before the first measurement. */
  public Duration rtt() {
    return connections.rtt();
  }

  /** Whether a rendezvous has confirmed the registration on a connection that still stands. */
  public boolean isUp() {
    return connections.inUse() != null;
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
    } else if (input instanceof RegistrationInput.Doubt) {
      doubt(now);
    } else if (input instanceof RegistrationInput.Resolved resolved) {
      search.resolved(resolved.server(), resolved.addresses(), now);
    } else if (input instanceof RegistrationInput.Connected connected) {
      connections.standing(connected.connection()).forEach(connection -> connection.connected(now));
    } else if (input instanceof RegistrationInput.Disconnected lost) {
      connections
          .standing(lost.connection())
          .forEach(connection -> connection.disconnected(lost.why(), now));
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
    connections.tick(now);
    search.tick(now);
    ServerConnection inUse = connections.inUse();
    if (inUse != null) {
      tenure.tick(inUse, now);
    }
    lookups.failDue(now, "no answer in time; last trouble: " + trouble);
  }

  @Override
  public @Nullable RegistrationOutput poll() {
    return outputs.poll();
  }

  @Override
  public long nextTimeout() {
    long next = Math.min(connections.nextTimeout(), lookups.nextDeadline());
    next = Math.min(next, search.nextTimeout());
    ServerConnection inUse = connections.inUse();
    return inUse == null ? next : Math.min(next, tenure.nextTimeout(inUse));
  }

  private void start(long now) {
    if (!started) {
      started = true;
      search.next(now);
    }
  }

  private void stop() {
    stopped = true;
    connections.closeAll();
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
      connections.current().forEach(connection -> connection.servicesChanged(now));
    }
  }

  private void report(PathCounts counts, long now) {
    paths = counts;
    ServerConnection inUse = connections.inUse();
    if (inUse != null) {
      inUse.pathsChanged(now);
    }
  }

  private Signal.Register statement() {
    return registrant.register(services).with(paths);
  }

  private void find(RegistrationInput.Find find, long now) {
    lookups.add(find.ticket(), find.what(), now + times.patience().toNanos());
    ServerConnection speaking = connections.speaking();
    if (speaking != null) {
      speaking.lookup(find.ticket(), find.what(), now);
    } else if (started) {
      search.hasten(now);
    }
  }

  private void tell(Signal.Indication indication, long now) {
    ServerConnection speaking = connections.speaking();
    if (speaking != null) {
      speaking.tell(indication, now);
    }
  }

  private void doubt(long now) {
    ServerConnection inUse = connections.inUse();
    if (inUse != null) {
      inUse.doubt(now);
    }
  }

  private void received(RegistrationInput.Received received, long now) {
    connections
        .standing(received.connection())
        .forEach(connection -> connection.received(received.message(), now));
    ServerConnection inUse = connections.inUse();
    if (inUse != null && tenure.isReassured(inUse, now)) {
      endDoubt();
    }
  }

  /** The node in use was only slow. What is on its way to another one is given up in time. */
  private void endDoubt() {
    ServerConnection attempt = connections.attempt();
    if (search.isFor(Purpose.DOUBT) && (attempt == null || !attempt.isOpen())) {
      search.end();
      connections.abandonAttempt();
    }
  }

  private void noteTrouble(int server, Reason why, String text) {
    reason = why;
    trouble = "rendezvous " + servers.get(server) + ": " + text;
  }

  /** What the connections report, and what the search wants. */
  private final class Events implements ServerConnection.Owner, Search.Seeker {

    @Override
    public void open(ServerConnection connection, long now) {
      if (connection == connections.speaking()) {
        lookups.forEach((ticket, what) -> connection.lookup(ticket, what, now));
      }
    }

    @Override
    public void up(ServerConnection connection, Registered registered, long now) {
      ServerConnection before = connections.use(connection, now);
      search.succeeded();
      tenure.begin(connection.node(), now);
      if (before != null) {
        tenure.left(before.node(), now);
        lookups.forEach((ticket, what) -> connection.lookup(ticket, what, now));
      }
      outputs.add(
          new RegistrationOutput.Up(
              connection.number(), connection.node().server(), registered.observed()));
    }

    @Override
    public void granted(ServerConnection connection, @Nullable RelayGrant grant) {
      if (connection == connections.inUse() && !Objects.equals(relay, grant)) {
        relay = grant;
        outputs.add(new RegistrationOutput.Relay(grant));
      }
    }

    @Override
    public void lost(ServerConnection connection, Reason why, String text, long now) {
      Role role = connections.ended(connection);
      if (role == Role.LEFT) {
        return;
      }
      noteTrouble(connection.node().server(), why, text);
      if (role == Role.ATTEMPT) {
        search.next(now);
      } else if (role == Role.IN_USE) {
        lostInUse(connection, now);
      }
    }

    private void lostInUse(ServerConnection connection, long now) {
      tenure.end(connection.node(), now);
      outputs.add(new RegistrationOutput.Down(reason, trouble));
      ServerConnection attempt = connections.attempt();
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
      } else if (signal instanceof Signal.Move move && connection == connections.inUse()) {
        tenure.move(move.within(), now);
      }
    }

    @Override
    public boolean isConnecting() {
      return connections.attempt() != null;
    }

    @Override
    public void resolve(int server) {
      outputs.add(new RegistrationOutput.Resolve(server));
    }

    @Override
    public void connect(Node node, long now) {
      ServerConnection next =
          new ServerConnection(
              ++made,
              node,
              registrant,
              RegistrationMachine.this::statement,
              times,
              random,
              outputs::add,
              this);
      connections.attempt(next);
      next.start(now);
    }

    @Override
    public void failed(Purpose purpose, long now) {
      if (isUp()) {
        tenure.searchFailed(purpose, now);
        return;
      }
      search.rest(now);
      lookups.failAll(reason, trouble);
      outputs.add(new RegistrationOutput.Down(reason, trouble));
    }
  }
}
