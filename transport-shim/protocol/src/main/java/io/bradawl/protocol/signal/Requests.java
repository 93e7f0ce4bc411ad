package io.bradawl.protocol.signal;

import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.protocol.signal.Signal.Rejected;
import io.bradawl.protocol.signal.Transactions.Purpose;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What is said to the rendezvous over one connection, and how long it takes to answer. */
final class Requests {

  private final Transactions transactions;
  private final RoundTrips roundTrips = new RoundTrips();
  private final RandomGenerator random;
  private final Consumer<RegistrationOutput> out;
  private final long connection;

  /**
   * @param connection over which everything goes
   * @param patience nanoseconds until an answer is overdue
   */
  Requests(
      long connection, long patience, RandomGenerator random, Consumer<RegistrationOutput> out) {
    this.connection = connection;
    this.transactions = new Transactions(patience);
    this.random = random;
    this.out = out;
  }

  void register(Signal.Register register, long now) {
    ask(SignalCodec.encode(register, TransactionId.draw(random)), Purpose.REGISTER, 0, now);
  }

  void lookup(long ticket, Signal.Lookup lookup, long now) {
    ask(SignalCodec.encode(lookup, TransactionId.draw(random)), Purpose.LOOKUP, ticket, now);
  }

  void keepAlive(long now) {
    TransactionId transaction = TransactionId.draw(random);
    ask(StunMessage.request(StunMethod.BINDING, transaction), Purpose.KEEP_ALIVE, 0, now);
  }

  void tell(Signal.Indication indication) {
    send(SignalCodec.encode(indication, TransactionId.draw(random)));
  }

  /** The request that is answered, or {@code null} for an answer to nothing. */
  Transactions.@Nullable Open answered(TransactionId id, long now) {
    Transactions.Open request = transactions.take(id);
    if (request != null) {
      roundTrips.add(now - request.sentAt());
    }
    return request;
  }

  /** Forgets what was asked: the connection is gone. */
  void clear() {
    transactions.clear();
  }

  /** When the first answer is overdue. */
  long deadline() {
    return transactions.deadline();
  }

  /** Whether an answer is awaited. */
  boolean areOpen() {
    return !transactions.isEmpty();
  }

  /**
   * Measures the round trip again unless it is well known. The first samples are far too long, both
   * programs being cold, and a peer that times its punch by them comes late.
   */
  void measure(long now) {
    if (!roundTrips.isComplete()) {
      keepAlive(now);
    }
  }

  Duration rtt() {
    return roundTrips.least();
  }

  /** Reads an answer; one that makes no sense counts as a fault of the server. */
  static Signal.Response response(StunMessage message) {
    try {
      if (SignalCodec.decode(message) instanceof Signal.Response response) {
        return response;
      }
      return new Rejected(Reason.SERVER_ERROR, "not an answer");
    } catch (SignalFormatException e) {
      return new Rejected(Reason.SERVER_ERROR, "malformed answer: " + e.getMessage());
    }
  }

  private void ask(StunMessage message, Purpose purpose, long ticket, long now) {
    transactions.add(message.transaction(), new Transactions.Open(purpose, ticket, now));
    send(message);
  }

  private void send(StunMessage message) {
    out.accept(new RegistrationOutput.Send(connection, message));
  }
}
