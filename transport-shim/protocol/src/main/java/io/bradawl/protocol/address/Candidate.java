package io.bradawl.protocol.address;

/**
 * An address under which a peer may be reached (RFC 8445 section 5.1.1).
 *
 * @param kind how the peer came to know of the address
 * @param address where to send checks or open connections
 */
public record Candidate(Kind kind, TransportAddress address) {

  /** Candidate kinds in order of preference, most direct first (RFC 8445 section 5.1.2.2). */
  public enum Kind {
    /** An address of a local interface. */
    HOST,
    /** Learned from an authenticated check of the other peer. */
    PEER_REFLEXIVE,
    /** The address that a STUN server saw. */
    SERVER_REFLEXIVE,
    /** An address on a TURN server. */
    RELAYED
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + " " + address;
  }
}
