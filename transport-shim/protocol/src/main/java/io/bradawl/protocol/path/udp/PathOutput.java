package io.bradawl.protocol.path.udp;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;

/** What a {@link UdpPath} wants done. */
public sealed interface PathOutput {

  /** Send one datagram that way. */
  record Send(Pair to, Octets message) implements PathOutput {}

  /**
   * Datagrams that come this way are the other peer's from now until {@link Down} or {@link
   * Failed}. Comes before the peer can have reason to send data this way, at most {@link
   * UdpPath#MAX_PAIRS} times.
   */
  record SourceProven(Pair pair) implements PathOutput {}

  /**
   * There is a path: send the application's datagrams this way. Comes once.
   *
   * @param kind {@code RELAYED} if a relay of either side is on the way, else of the remote address
   */
  record Up(Pair pair, Candidate.Kind kind) implements PathOutput {}

  /**
   * A better path, or one in place of one that fails: send this way from now on; what comes the
   * earlier way is still the peer's.
   *
   * @param kind as of {@link Up}
   */
  record Changed(Pair pair, Candidate.Kind kind) implements PathOutput {}

  /** After {@link PathInput.Rerouted}: the other peer has answered, and expects data that way. */
  record Reached(Pair pair) implements PathOutput {}

  /** The path that was up is no more; the machine is over. A new one takes a new offer. */
  record Down(Reason reason, String text) implements PathOutput {}

  /**
   * There never was a path; the machine is over.
   *
   * @param text names the addresses that were tried and what became of each; without the peer's
   *     name
   */
  record Failed(Reason reason, String text) implements PathOutput {}

  /** Why there is no path. */
  enum Reason {
    /** The deadline passed without a proven round trip. */
    NO_PATH,
    /** The other peer no longer answers (RFC 7675 section 5.1). */
    CONSENT_LOST,
    /** Nobody used the path for {@link UdpPath#MAX_IDLE}; keepalives would be waste. */
    IDLE,
    /** {@link PathInput.Abandon}. */
    ABANDONED,
    /** The other peer said {@link io.bradawl.protocol.path.Proof#farewell}. */
    CLOSED
  }
}
