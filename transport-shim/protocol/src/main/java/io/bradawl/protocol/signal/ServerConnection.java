package io.bradawl.protocol.signal;

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
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a node, from the first SYN to its end: registers over it, keeps it and the
 * registration alive, and notices when the node is silent.
 */
final class ServerConnection {

  /** A longer lifetime than that is not believed. */
  private static final long LONGEST_LIFETIME = Duration.ofHours(1).toNanos();

  /** The node hears so soon that there are other paths than before. */
  private static final long REPORT_WITHIN = Duration.ofSeconds(10).toNanos();

  private enum State {
    CONNECTING,
    /** Connected, waiting for the challenge. */
    ASKING,
    /** Proof sent. */
    REGISTERING,
    REGISTERED,
    OVER
  }

  private enum Timer {
    /** The connection does not come about. */
    CONNECT,
    /** Half of the lifetime is over: register again. */
    REFRESH,
    KEEP_ALIVE
  }

  /** Who is told. */
  interface Owner {
    /** Requests and indications may be sent: without proof there is no answer to them. */
    void open(ServerConnection connection, long now);

    /** Registered, for the first time. */
    void up(ServerConnection connection, Registered registered, long now);

    /** Comes with each confirmation of the registration. */
    void granted(ServerConnection connection, @Nullable RelayGrant grant);

    /** The connection is of no use any more, and is over on this side already. */
    void lost(ServerConnection connection, Reason reason, String why, long now);

    void lookupAnswered(long ticket, Signal.Response response);

    void indicated(ServerConnection connection, Signal signal, long now);
  }

  private final long number;
  private final Node node;
  private final Registrant registrant;
  private final Supplier<Signal.Register> statement;
  private final RegistrationTimes times;
  private final Consumer<RegistrationOutput> out;
  private final Owner owner;
  private final Timers<Timer> timers = new Timers<>(Timer.class);
  private final Requests requests;
  private State state = State.CONNECTING;
  private PathCounts reported = PathCounts.NONE;
  private long heardAt;

  ServerConnection(
      long number,
      Node node,
      Registrant registrant,
      Supplier<Signal.Register> statement,
      RegistrationTimes times,
      RandomGenerator random,
      Consumer<RegistrationOutput> out,
      Owner owner) {
    this.number = number;
    this.node = node;
    this.registrant = registrant;
    this.statement = statement;
    this.times = times;
    this.out = out;
    this.owner = owner;
    this.requests = new Requests(number, times.answer().toNanos(), random, out);
  }

  long number() {
    return number;
  }

  Node node() {
    return node;
  }

  Duration rtt() {
    return requests.rtt();
  }

  boolean isUp() {
    return state == State.REGISTERED;
  }

  /** Whether requests and indications may be sent. */
  boolean isOpen() {
    return state == State.REGISTERING || state == State.REGISTERED;
  }

  void start(long now) {
    timers.set(Timer.CONNECT, now + times.connect().toNanos());
    out.accept(new RegistrationOutput.Connect(number, node.server(), node.address()));
  }

  void connected(long now) {
    if (state == State.CONNECTING) {
      state = State.ASKING;
      timers.cancel(Timer.CONNECT);
      register(now);
    }
  }

  /** States what is served now, unless the proof is still to come and will say so. */
  void servicesChanged(long now) {
    if (isOpen()) {
      register(now);
    }
  }

  /** Paths come and go quickly; the node hears of them some seconds later, all at once. */
  void pathsChanged(long now) {
    if (isUp() && !statement.get().paths().equals(reported)) {
      timers.advance(Timer.REFRESH, now + REPORT_WITHIN);
    }
  }

  void lookup(long ticket, Signal.Lookup what, long now) {
    requests.lookup(ticket, what, now);
  }

  /** Sends what nobody answers, and sees to it that the node is known to be there to carry it. */
  void tell(Signal.Indication indication, long now) {
    requests.tell(indication);
    doubt(now);
  }

  /** Asks whether the node is there, unless it has just been heard of. */
  void doubt(long now) {
    if (isUp() && !requests.areOpen() && now - heardAt >= times.suspicion().toNanos()) {
      keepAlive(now);
    }
  }

  /** Whether an answer is awaited for so long that another node should be tried beside this one. */
  boolean isSuspect(long now) {
    return suspectAt() <= now;
  }

  void received(StunMessage message, long now) {
    if (state == State.CONNECTING || state == State.OVER) {
      return;
    }
    heardAt = now;
    if (message.messageClass() == StunClass.INDICATION) {
      indicated(message, now);
    } else if (message.messageClass() != StunClass.REQUEST) {
      Transactions.Open request = requests.answered(message.transaction(), now);
      if (request != null) {
        answered(request, message, now);
      }
    }
  }

  void tick(long now) {
    if (timers.due(Timer.CONNECT, now)) {
      giveUp(Reason.SERVER_ERROR, "no connection within " + millis(times.connect()), now);
    } else if (requests.deadline() <= now) {
      giveUp(Reason.SERVER_ERROR, "no answer within " + millis(times.answer()), now);
    }
    if (timers.due(Timer.REFRESH, now)) {
      register(now);
    }
    if (timers.due(Timer.KEEP_ALIVE, now)) {
      keepAlive(now);
    }
  }

  /** When to tick. */
  long nextTimeout() {
    return Math.min(timers.next(), requests.deadline());
  }

  /** When an answer is awaited for suspiciously long. */
  long suspectAt() {
    long earlier = times.answer().minus(times.suspicion()).toNanos();
    return isUp() && requests.areOpen() ? requests.deadline() - earlier : Long.MAX_VALUE;
  }

  /** The other side has closed it, or it did not come about. */
  void disconnected(String why, long now) {
    over();
    owner.lost(this, Reason.SERVER_ERROR, why, now);
  }

  /** Without a word. */
  void close() {
    over();
    out.accept(new RegistrationOutput.Disconnect(number));
  }

  private void giveUp(Reason reason, String why, long now) {
    close();
    owner.lost(this, reason, why, now);
  }

  private void over() {
    state = State.OVER;
    timers.clear();
    requests.clear();
  }

  private void register(long now) {
    timers.set(Timer.KEEP_ALIVE, now + times.keepAlive().toNanos());
    timers.cancel(Timer.REFRESH);
    requests.register(restate(), now);
  }

  private Signal.Register restate() {
    Signal.Register stated = statement.get();
    reported = stated.paths();
    return stated;
  }

  private void keepAlive(long now) {
    timers.set(Timer.KEEP_ALIVE, now + times.keepAlive().toNanos());
    requests.keepAlive(now);
  }

  /** A malformed indication is dropped, as RFC 8489 section 6.3.2 has it. */
  private void indicated(StunMessage message, long now) {
    try {
      owner.indicated(this, SignalCodec.decode(message), now);
    } catch (SignalFormatException e) {
      // Nobody waits for it.
    }
  }

  private void answered(Transactions.Open request, StunMessage message, long now) {
    if (request.purpose() == Purpose.KEEP_ALIVE) {
      requests.measure(now);
      return;
    }
    Signal.Response response = Requests.response(message);
    if (request.purpose() == Purpose.LOOKUP) {
      owner.lookupAnswered(request.ticket(), response);
    } else if (response instanceof Challenged challenged && state == State.ASKING) {
      prove(challenged, now);
    } else if (response instanceof Registered registered && isOpen()) {
      registered(registered, now);
    } else {
      turnedAway(response, now);
    }
  }

  private void prove(Challenged challenged, long now) {
    Signal.Register stated = restate();
    try {
      requests.register(stated.proven(registrant.prove(stated, challenged.challenge())), now);
      state = State.REGISTERING;
      owner.open(this, now);
    } catch (AccessException e) {
      turnedAway(new Rejected(Reason.SERVER_ERROR, String.valueOf(e.getMessage())), now);
    }
  }

  private void registered(Registered registered, long now) {
    long half = Math.min(LONGEST_LIFETIME, registered.lifetime().toNanos()) / 2;
    timers.set(Timer.REFRESH, now + Math.max(half, times.answer().toNanos()));
    if (state != State.REGISTERED) {
      state = State.REGISTERED;
      owner.up(this, registered, now);
      requests.measure(now);
    }
    owner.granted(this, registered.relay());
    pathsChanged(now);
  }

  private void turnedAway(Signal.Response response, long now) {
    Rejected rejected =
        response instanceof Rejected no
            ? no
            : new Rejected(Reason.SERVER_ERROR, "answers that do not follow upon each other");
    giveUp(rejected.reason(), "registration rejected: " + rejected.text(), now);
  }

  private static String millis(Duration time) {
    return time.toMillis() + " ms";
  }
}
