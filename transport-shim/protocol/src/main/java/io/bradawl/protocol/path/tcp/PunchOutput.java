package io.bradawl.protocol.path.tcp;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;

/** What a {@link TcpPunch} wants done. */
public sealed interface PunchOutput {

  /**
   * Begin to connect, without blocking. Ends in {@link PunchInput.Connected} or {@link
   * PunchInput.ConnectFailed}, or in silence after {@link Close}.
   */
  record Open(ConnectionId id, TransportAddress remote, Via via) implements PunchOutput {}

  /** Where a connect starts from. */
  enum Via {
    /** The punch port. */
    PORT,
    /**
     * Another port of this host, whichever is free. A relay lets in by address alone (RFC 8656
     * section 9), and between the punch port and one relayed address there can be no second
     * connection.
     */
    ANY_PORT,
    /** This side's relayed address (RFC 6062 section 4.3). */
    RELAY
  }

  /** Write all of {@code message}; it is far smaller than an empty send buffer. */
  record Write(ConnectionId id, Octets message) implements PunchOutput {}

  /**
   * This connection is the path: stop reading it, and give it to the application. The machine is
   * over, up to {@link Close} of the others.
   *
   * @param kind the kind of the remote candidate; peer-reflexive if the address was not among them
   */
  record HandOver(ConnectionId id, TransportAddress remote, Candidate.Kind kind)
      implements PunchOutput {}

  /**
   * Close a connection, or give up an attempt. Best abortively (SO_LINGER 0): a connection in
   * TIME_WAIT would block the next attempt between the same two addresses. Nothing more is to be
   * reported about it.
   */
  record Close(ConnectionId id) implements PunchOutput {}

  /**
   * There will be no path. The machine is over, up to {@link Close}.
   *
   * @param text names the addresses that were tried and what became of each; without the peer's
   *     name
   */
  record Failed(Reason reason, String text) implements PunchOutput {}

  /** Why there is no path. */
  enum Reason {
    /** The deadline passed without a proven connection. */
    NO_PATH,
    /** {@link PunchInput.Abandon}. */
    ABANDONED
  }
}
