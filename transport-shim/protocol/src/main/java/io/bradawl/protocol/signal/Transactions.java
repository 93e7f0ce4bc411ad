package io.bradawl.protocol.signal;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.stun.TransactionId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests on one connection that are not answered yet. TCP repeats what is lost, so nothing is
 * sent twice.
 */
final class Transactions {

  /** What a request was for. */
  enum Purpose {
    REGISTER,
    KEEP_ALIVE,
    LOOKUP
  }

  /**
   * One request.
   *
   * @param ticket of a look-up, otherwise 0
   * @param sentAt nanoseconds
   */
  record Open(Purpose purpose, long ticket, long sentAt) {}

  private final Map<TransactionId, Open> open = new HashMap<>();
  private final long patience;

  /**
   * @param patience nanoseconds until an answer is overdue
   */
  Transactions(long patience) {
    this.patience = patience;
  }

  void add(TransactionId id, Open request) {
    open.put(id, request);
  }

  /** The request that is answered, or {@code null} for an answer to nothing. */
  @Nullable Open take(TransactionId id) {
    return open.remove(id);
  }

  void clear() {
    open.clear();
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** When the first answer is overdue. */
  long deadline() {
    return open.values().stream()
        .mapToLong(request -> request.sentAt() + patience)
        .min()
        .orElse(Machine.NEVER);
  }
}
