package io.bradawl.protocol.turn.client;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.Octets;
import io.bradawl.protocol.stun.StunAttribute;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.credential.LongTermClient;
import io.bradawl.protocol.stun.credential.PreparedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Requests under way: proves them, repeats them where the transport loses messages (RFC 8489
 * section 6.2.1), and asks again when the server wants to be shown who asks, or a fresh nonce
 * (section 9.2.5).
 */
final class Requests {

  /** The first pause before a repetition; each further one is twice as long. */
  static final Duration FIRST_PAUSE = Duration.ofMillis(250);

  /** How often a request is sent in all; then 16 times the first pause remain for the answer. */
  static final int TRANSMISSIONS = 7;

  /** How long an answer may take over TCP; the server itself may need 30 s to connect to a peer. */
  static final Duration RELIABLE_PATIENCE = Duration.ofMillis(39_500);

  /** How often in a row the same question is asked anew because of 401 or 438. */
  private static final int MAX_CHALLENGES = 3;

  /** What becomes of a request. */
  interface Outcome {
    void success(StunMessage response, long now);

    void failure(TurnError error, long now);
  }

  private final Login login;
  private final boolean reliable;
  private final RandomGenerator random;
  private final Consumer<TurnOutput> out;
  private final Map<TransactionId, Request> open = new HashMap<>();

  Requests(Login login, boolean reliable, RandomGenerator random, Consumer<TurnOutput> out) {
    this.login = login;
    this.reliable = reliable;
    this.random = random;
    this.out = out;
  }

  void ask(int method, Outcome outcome, long now, StunAttribute... attributes) {
    ask(method, login.present(), outcome, now, 0, List.of(attributes));
  }

  /** With the newest account; if the server does not take that, with the one in use. */
  void askAnew(int method, Outcome outcome, long now, StunAttribute... attributes) {
    ask(method, login.best(), outcome, now, 0, List.of(attributes));
  }

  private void ask(
      int method,
      Login.Name as,
      Outcome outcome,
      long now,
      int challenges,
      List<StunAttribute> attributes) {
    TransactionId id = TransactionId.draw(random);
    StunMessage bare = StunMessage.request(method, id, attributes.toArray(StunAttribute[]::new));
    Request request = new Request(bare, as, outcome, challenges);
    open.put(id, request);
    request.transmit(now);
  }

  /** A request that goes out once, if at all, whose answer nobody waits for. */
  TurnOutput.Send prepare(int method, StunAttribute... attributes) {
    StunMessage bare = StunMessage.request(method, TransactionId.draw(random), attributes);
    return new TurnOutput.Send(bare.transaction(), encode(login.present().client().prepare(bare)));
  }

  void tell(TurnOutput.Send message) {
    out.accept(message);
  }

  void received(StunMessage message, long now) {
    Request request = open.get(message.transaction());
    if (request == null || request.bare.method() != message.method()) {
      return;
    }
    LongTermClient.Answer answer = request.as.client().judge(request.prepared, message);
    if (answer == LongTermClient.Answer.FORGED) {
      return;
    }
    open.remove(message.transaction());
    if (answer == LongTermClient.Answer.RETRY && request.challenges < MAX_CHALLENGES) {
      again(request, request.as, request.challenges + 1, now);
    } else if (message.messageClass() == StunClass.SUCCESS) {
      login.taken(request.as, now);
      request.outcome.success(message, now);
    } else if (login.goesBack(request.as, TurnError.of(message))) {
      again(request, login.present(), 0, now);
    } else if (login.goesOn(request.as, TurnError.of(message))) {
      again(request, login.best(), 0, now);
    } else {
      request.outcome.failure(TurnError.of(message), now);
    }
  }

  private void again(Request request, Login.Name as, int challenges, long now) {
    StunMessage bare = request.bare;
    ask(bare.method(), as, request.outcome, now, challenges, bare.attributes());
  }

  void tick(long now) {
    for (Request request : new ArrayList<>(open.values())) {
      if (request.due <= now && open.containsKey(request.bare.transaction())) {
        request.overdue(now);
      }
    }
  }

  long next() {
    return open.values().stream().mapToLong(request -> request.due).min().orElse(Machine.NEVER);
  }

  void clear() {
    open.clear();
  }

  static Octets encode(PreparedRequest request) {
    return Octets.copyOf(request.encode(false));
  }

  private final class Request {

    final StunMessage bare;
    final Login.Name as;
    final Outcome outcome;
    final int challenges;
    final PreparedRequest prepared;
    private final Octets sealed;
    private long pause = FIRST_PAUSE.toNanos();
    private int transmissions;
    long due;

    Request(StunMessage bare, Login.Name as, Outcome outcome, int challenges) {
      this.bare = bare;
      this.as = as;
      this.outcome = outcome;
      this.challenges = challenges;
      this.prepared = as.client().prepare(bare);
      this.sealed = encode(prepared);
    }

    void transmit(long now) {
      transmissions++;
      out.accept(new TurnOutput.Send(bare.transaction(), sealed));
      due = now + patience();
      pause *= 2;
    }

    private long patience() {
      if (reliable) {
        return RELIABLE_PATIENCE.toNanos();
      }
      return transmissions < TRANSMISSIONS ? pause : 16 * FIRST_PAUSE.toNanos();
    }

    void overdue(long now) {
      if (!reliable && transmissions < TRANSMISSIONS) {
        transmit(now);
      } else {
        open.remove(bare.transaction());
        outcome.failure(new TurnError(TurnError.NO_ANSWER, "the server does not answer"), now);
      }
    }
  }
}
