package io.bradawl.protocol.path.tcp;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;

/** What the world tells a {@link TcpPunch}. */
public sealed interface PunchInput {

  /** Tells {@code punch}; only {@link TcpPunch#handle} calls it. */
  void applyTo(TcpPunch punch, long now);

  /** A {@link PunchOutput.Open} has succeeded, also by simultaneous open. */
  record Connected(ConnectionId id) implements PunchInput {
    @Override
    public void applyTo(TcpPunch punch, long now) {
      punch.connected(id, now);
    }
  }

  /** A {@link PunchOutput.Open} has failed; the driver has closed its socket already. */
  record ConnectFailed(ConnectionId id, Cause cause) implements PunchInput {
    @Override
    public void applyTo(TcpPunch punch, long now) {
      punch.connectFailed(id, cause, now);
    }
  }

  /** The listener on the punch port has accepted a connection. */
  record Accepted(ConnectionId id, TransportAddress remote) implements PunchInput {
    @Override
    public void applyTo(TcpPunch punch, long now) {
      punch.accepted(id, remote, now);
    }
  }

  /**
   * The relay has accepted a connection to this side's relayed address.
   *
   * @param remote where it came from, as the relay tells
   */
  record Relayed(ConnectionId id, TransportAddress remote) implements PunchInput {
    @Override
    public void applyTo(TcpPunch punch, long now) {
      punch.relayed(id, remote, now);
    }
  }

  /**
   * One whole STUN message has come in on a connection. The driver reads its header, then exactly
   * as much as the header says and not one octet more: what follows a nomination belongs to the
   * application.
   *
   * @param octets header and body; if the header is not a STUN header or names more than {@link
   *     TcpPunch#MAX_MESSAGE_LENGTH} octets, what was read so far: it proves nothing, and the
   *     machine closes
   */
  record Message(ConnectionId id, Octets octets) implements PunchInput {
    @Override
    public void applyTo(TcpPunch punch, long now) {
      punch.message(id, octets, now);
    }
  }

  /** A connection has ended or broken; the driver has closed its socket already. */
  record Closed(ConnectionId id) implements PunchInput {
    @Override
    public void applyTo(TcpPunch punch, long now) {
      punch.closed(id, now);
    }
  }

  /**
   * The punch is no longer wanted: the application closed its socket, or the other peer withdrew.
   */
  record Abandon() implements PunchInput {
    @Override
    public void applyTo(TcpPunch punch, long now) {
      punch.abandon();
    }
  }

  /** Why a connect failed. */
  enum Cause {
    /**
     * ECONNREFUSED or ECONNRESET: nobody listens there, or a NAT answered for the peer that has not
     * yet sent.
     */
    REFUSED("refused"),
    /** EHOSTUNREACH, ENETUNREACH or EACCES. */
    UNREACHABLE("unreachable"),
    /**
     * EADDRNOTAVAIL or EADDRINUSE: the very same pair of addresses is connecting inwards; it will
     * be accepted.
     */
    ADDRESS_NOT_AVAILABLE("taken by an incoming connection"),
    /** ETIMEDOUT. */
    TIMEOUT("timed out"),
    OTHER("failed");

    private final String text;

    Cause(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }
}
