package io.bradawl.protocol.turn.client;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.stun.ConnectionId;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.credential.LongTermClient;
import io.bradawl.protocol.stun.credential.PreparedRequest;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What is said on a new connection to the server before the peer's octets follow (RFC 6062 section
 * 4.3): {@link #request}, then each response to {@link #received} until it is settled.
 */
public final class ConnectionBinding {

  private static final int MAX_CHALLENGES = 3;

  private final LongTermClient login;
  private final RandomGenerator random;
  private final int connection;
  private PreparedRequest request;
  private int challenges;
  private boolean bound;
  private @Nullable TurnError error;

  ConnectionBinding(LongTermClient login, RandomGenerator random, int connection) {
    this.login = login;
    this.random = random;
    this.connection = connection;
    this.request = prepare();
  }

  /** What to send. */
  public Octets request() {
    return Requests.encode(request);
  }

  /**
   * Takes the response.
   *
   * @return whether {@link #request} is to be sent again: the server wants it with another nonce
   */
  public boolean received(StunMessage response) {
    if (!response.transaction().equals(request.message().transaction())
        || response.method() != StunMethod.CONNECTION_BIND) {
      return false;
    }
    LongTermClient.Answer answer = login.judge(request, response);
    if (answer == LongTermClient.Answer.RETRY && challenges++ < MAX_CHALLENGES) {
      request = prepare();
      return true;
    }
    if (response.messageClass() == StunClass.SUCCESS) {
      bound = answer == LongTermClient.Answer.GENUINE;
    } else if (answer != LongTermClient.Answer.FORGED) {
      error = TurnError.of(response);
    }
    return false;
  }

  private PreparedRequest prepare() {
    return login.prepare(
        StunMessage.request(
            StunMethod.CONNECTION_BIND, TransactionId.draw(random), new ConnectionId(connection)));
  }

  /** Whether all that follows on the connection is between the two peers. */
  public boolean isBound() {
    return bound;
  }

  /** Why the connection is of no use, or {@code null}. */
  public @Nullable TurnError error() {
    return error;
  }
}
