package io.bradawl.protocol.path;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.stun.TransactionId;
import org.jspecify.annotations.Nullable;

/**
 * A control message of the other peer whose proof held. Only {@link Proof#verify} makes one, so
 * whoever is given one need not check again.
 */
public final class ProvenMessage {

  private final Kind kind;
  private final TransactionId transaction;
  private final boolean nominates;
  private final @Nullable Octets data;

  ProvenMessage(Kind kind, TransactionId transaction, boolean nominates, @Nullable Octets data) {
    this.kind = kind;
    this.transaction = transaction;
    this.nominates = nominates;
    this.data = data;
  }

  public Kind kind() {
    return kind;
  }

  /** What ties a response to its request (RFC 8489 section 5). */
  public TransactionId transaction() {
    return transaction;
  }

  /** Whether it carries USE-CANDIDATE (RFC 8445 section 7.1.2). */
  public boolean nominates() {
    return nominates;
  }

  /**
   * What it brings along for the application, still sealed: that shows whether it is here for the
   * first time. {@code null} if nothing.
   */
  public @Nullable Octets data() {
    return data;
  }

  @Override
  public String toString() {
    return kind + (nominates ? " nominating " : " ") + transaction;
  }

  /** The STUN classes that make sense between peers; all are of the Binding method. */
  public enum Kind {
    REQUEST,
    INDICATION,
    RESPONSE
  }
}
