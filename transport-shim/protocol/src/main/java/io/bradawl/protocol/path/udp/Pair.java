package io.bradawl.protocol.path.udp;

import io.bradawl.protocol.address.TransportAddress;

/**
 * A way between the two peers as this side sees it: a candidate pair (RFC 8445 section 6.1.2), of
 * which the local half is either the socket or its relayed address.
 *
 * @param base where datagrams leave from and arrive at
 * @param remote the other peer's address
 */
public record Pair(Base base, TransportAddress remote) {

  /** RFC 8445 section 5.1.1: a relayed candidate is its own base. */
  public enum Base {
    /** The socket itself. */
    SOCKET,
    /** The address that a TURN server relays to the socket. */
    RELAY
  }

  /** From the socket itself. */
  public static Pair direct(TransportAddress remote) {
    return new Pair(Base.SOCKET, remote);
  }

  /** From the relayed address. */
  public static Pair relayed(TransportAddress remote) {
    return new Pair(Base.RELAY, remote);
  }

  /** Whether datagrams leave from the relayed address. */
  public boolean isRelayed() {
    return base == Base.RELAY;
  }

  /** {@code 80.2.0.1:40001}, or {@code 80.2.0.1:40001 by relay}. */
  @Override
  public String toString() {
    return remote + (isRelayed() ? " by relay" : "");
  }
}
