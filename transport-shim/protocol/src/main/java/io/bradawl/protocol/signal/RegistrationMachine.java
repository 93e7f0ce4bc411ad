package io.bradawl.protocol.signal;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.realm.AccessException;
import io.bradawl.protocol.signal.Signal.Challenged;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.protocol.signal.Signal.Registered;
import io.bradawl.protocol.signal.Signal.Rejected;
import io.bradawl.protocol.signal.Transactions.Purpose;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunMessage;
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
 * Keeps one registration alive at one of several rendezvous servers.
 *
 * <p>A <em>round</em> tries the servers in the order given, one after the other, until one takes
 * the registration. After a round without success comes a pause that grows; a look-up cuts it
 * short, because an application waits. A server that leaves a request unanswered is given up like
 * one that closed the connection: look-ups under way fail at once, and a new round begins. The
 * first registration on a connection is answered by a challenge. Requests are sent right behind the
 * proof, without awaiting the answer to it.
 *
 * <p>A driver performs {@link RegistrationOutput}s and reports {@link RegistrationInput}s under the
 * contract of {@link Machine}.
 */
public final class RegistrationMachine implements Machine<RegistrationInput, RegistrationOutput> {

  /** A longer lifetime than that is not believed. */
  private static final long LONGEST_LIFETIME = Duration.ofHours(1).toNanos();

  private enum State {
    IDLE,
    PAUSED,
    CONNECTING,
    /** Connected, waiting for the challenge. */
    ASKING,
    /** Proof sent. */
    REGISTERING,
    REGISTERED,
    STOPPED
  }

  private enum Timer {
    /** The pause is over: begin a round. */
    ROUND,
    /** The connection does not come about. */
    CONNECT,
    /** Half of the lifetime is over: register again. */
    REFRESH,
    KEEP_ALIVE
  }

  private final Registrant registrant;
  private final List<String> servers;
  private final RegistrationTimes times;
  private final Queue<RegistrationOutput> outputs = new ArrayDeque<>();
  private final Timers<Timer> timers = new Timers<>(Timer.class);
  private final Lookups lookups = new Lookups(outputs::add);
  private final Requests requests;
  private final Pause pause;
  private State state = State.IDLE;
  private Set<Service> services = Set.of();
  private long connection;
  private int server;
  private long roundEndedAt;
  private @Nullable RelayGrant relay;
  private String trouble = "not started";

  /**
   * A machine that does nothing before {@link RegistrationInput.Start}.
   *
   * @param servers their addresses in order of preference, as messages to the user shall show them;
   *     at least one
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
    this.requests = new Requests(times.answer().toNanos(), random, outputs::add);
    this.pause = new Pause(times, random);
  }

  /** The measured round trip to the rendezvous in use, zero before the first measurement. */
  public Duration rtt() {
    return requests.rtt();
  }

  /** Index of the server in use, or tried last. */
  public int server() {
    return server;
  }

  /** Whether the rendezvous has confirmed the registration on the present connection. */
  public boolean isUp() {
    return state == State.REGISTERED;
  }

  @Override
  public void handle(RegistrationInput input, long now) {
    if (state == State.STOPPED) {
      refuse(input);
    } else if (input instanceof RegistrationInput.Start) {
      start(now);
    } else if (input instanceof RegistrationInput.Serve serve) {
      serve(serve.services(), now);
    } else if (input instanceof RegistrationInput.Find find) {
      find(find, now);
    } else if (input instanceof RegistrationInput.Tell tell) {
      tell(tell.indication());
    } else if (input instanceof RegistrationInput.Connected connected) {
      connected(connected.connection(), now);
    } else if (input instanceof RegistrationInput.Disconnected lost) {
      disconnected(lost, now);
    } else if (input instanceof RegistrationInput.Received received) {
      received(received, now);
    } else if (input instanceof RegistrationInput.Stop) {
      stop();
    }
  }

  @Override
  public void tick(long now) {
    if (timers.due(Timer.ROUND, now)) {
      connect(0, now);
    }
    if (timers.due(Timer.CONNECT, now)) {
      giveUp("no connection within " + times.connect().toMillis() + " ms", now);
    }
    if (requests.deadline() <= now) {
      giveUp("no answer within " + times.answer().toMillis() + " ms", now);
    }
    if (timers.due(Timer.REFRESH, now)) {
      register(now);
    }
    if (timers.due(Timer.KEEP_ALIVE, now)) {
      keepAlive(now);
    }
    lookups.failDue(now, "no answer in time; last trouble: " + trouble);
  }

  @Override
  public @Nullable RegistrationOutput poll() {
    return outputs.poll();
  }

  @Override
  public long nextTimeout() {
    return Math.min(timers.next(), Math.min(lookups.nextDeadline(), requests.deadline()));
  }

  private void start(long now) {
    if (state == State.IDLE) {
      connect(0, now);
    }
  }

  private void stop() {
    if (isConnectionAlive()) {
      outputs.add(new RegistrationOutput.Disconnect(connection));
    }
    leave(State.STOPPED);
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
      if (isOpen()) {
        register(now);
      }
    }
  }

  private void find(RegistrationInput.Find find, long now) {
    lookups.add(find.ticket(), find.what(), now + times.patience().toNanos());
    if (isOpen()) {
      requests.lookup(find.ticket(), find.what(), now);
    } else if (state == State.PAUSED) {
      long earliest = Math.max(now, roundEndedAt + times.shortestPause().toNanos());
      timers.advance(Timer.ROUND, earliest);
    }
  }

  private void tell(Signal.Indication indication) {
    if (isOpen()) {
      requests.tell(indication);
    }
  }

  private void connect(int index, long now) {
    server = index;
    connection++;
    enter(State.CONNECTING);
    timers.set(Timer.CONNECT, now + times.connect().toNanos());
    outputs.add(new RegistrationOutput.Connect(connection, server));
  }

  private void connected(long which, long now) {
    if (which != connection || state != State.CONNECTING) {
      return;
    }
    enter(State.ASKING);
    requests.begin(connection);
    register(now);
  }

  private void disconnected(RegistrationInput.Disconnected lost, long now) {
    if (lost.connection() == connection && isConnectionAlive()) {
      leaveServer(Reason.SERVER_ERROR, lost.why(), now);
    }
  }

  private void giveUp(String why, long now) {
    outputs.add(new RegistrationOutput.Disconnect(connection));
    leaveServer(Reason.SERVER_ERROR, why, now);
  }

  private void leaveServer(Reason reason, String why, long now) {
    boolean wasUp = isUp();
    trouble = "rendezvous " + servers.get(server) + ": " + why;
    leave(State.PAUSED);
    if (!wasUp && server + 1 < servers.size()) {
      connect(server + 1, now);
      return;
    }
    roundEndedAt = now;
    timers.set(Timer.ROUND, now + (wasUp ? pause.scatter() : pause.lengthen()));
    lookups.failAll(reason, trouble);
    outputs.add(new RegistrationOutput.Down(reason, trouble));
  }

  private void register(long now) {
    timers.set(Timer.KEEP_ALIVE, now + times.keepAlive().toNanos());
    timers.cancel(Timer.REFRESH);
    requests.register(registrant.register(services), now);
  }

  private void keepAlive(long now) {
    timers.set(Timer.KEEP_ALIVE, now + times.keepAlive().toNanos());
    requests.keepAlive(now);
  }

  private void received(RegistrationInput.Received received, long now) {
    if (received.connection() != connection || !isConnected()) {
      return;
    }
    StunMessage message = received.message();
    if (message.messageClass() == StunClass.INDICATION) {
      indicated(message);
    } else if (message.messageClass() != StunClass.REQUEST) {
      Transactions.Open request = requests.answered(message.transaction(), now);
      if (request != null) {
        answered(request, message, now);
      }
    }
  }

  /** A malformed indication is dropped, as RFC 8489 section 6.3.2 has it. */
  private void indicated(StunMessage message) {
    try {
      if (SignalCodec.decode(message) instanceof Signal.Indication indication) {
        outputs.add(new RegistrationOutput.Deliver(indication));
      }
    } catch (SignalFormatException e) {
      trouble = "malformed indication: " + e.getMessage();
    }
  }

  private void answered(Transactions.Open request, StunMessage message, long now) {
    if (request.purpose() == Purpose.KEEP_ALIVE) {
      requests.measure(now);
      return;
    }
    Signal.Response response = Requests.response(message);
    if (request.purpose() == Purpose.LOOKUP) {
      lookups.answered(request.ticket(), response);
    } else if (response instanceof Challenged challenged && state == State.ASKING) {
      prove(challenged, now);
    } else if (response instanceof Registered registered && isOpen()) {
      registered(registered, now);
    } else {
      turnedAway(response, now);
    }
  }

  private void prove(Challenged challenged, long now) {
    Signal.Register statement = registrant.register(services);
    try {
      requests.register(statement.proven(registrant.prove(statement, challenged.challenge())), now);
      state = State.REGISTERING;
      lookups.forEach((ticket, what) -> requests.lookup(ticket, what, now));
    } catch (AccessException e) {
      turnedAway(new Rejected(Reason.SERVER_ERROR, String.valueOf(e.getMessage())), now);
    }
  }

  private void registered(Registered registered, long now) {
    long half = Math.min(LONGEST_LIFETIME, registered.lifetime().toNanos()) / 2;
    timers.set(Timer.REFRESH, now + Math.max(half, times.answer().toNanos()));
    pause.reset();
    if (state != State.REGISTERED) {
      state = State.REGISTERED;
      outputs.add(new RegistrationOutput.Up(server, registered.observed()));
      requests.measure(now);
    }
    if (!Objects.equals(relay, registered.relay())) {
      relay = registered.relay();
      outputs.add(new RegistrationOutput.Relay(relay));
    }
  }

  private void turnedAway(Signal.Response response, long now) {
    Rejected rejected =
        response instanceof Rejected no
            ? no
            : new Rejected(Reason.SERVER_ERROR, "answers that do not follow upon each other");
    outputs.add(new RegistrationOutput.Disconnect(connection));
    leaveServer(rejected.reason(), "registration rejected: " + rejected.text(), now);
  }

  /** Whether requests may be sent: without proof there is no answer to them. */
  private boolean isOpen() {
    return state == State.REGISTERING || state == State.REGISTERED;
  }

  private boolean isConnected() {
    return state == State.ASKING || isOpen();
  }

  private boolean isConnectionAlive() {
    return state == State.CONNECTING || isConnected();
  }

  private void enter(State next) {
    state = next;
    timers.clear();
  }

  private void leave(State next) {
    enter(next);
    requests.clear();
  }
}
