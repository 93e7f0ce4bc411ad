package io.bradawl.protocol.path;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.signal.SessionId;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes one side's control messages and verifies the other side's. Every message, responses too, carries USERNAME
 * {@code <session id in hex>:<o|a>} (who speaks) and MESSAGE-INTEGRITY-SHA256 (RFC 8489 section 14.6) under the
 * speaker's key of the {@link SessionKey}. Immutable and thread-safe.
 *
 * <p>For a UDP driver: {@link #sessionOf} tells which session a datagram claims; the {@code Proof} of that session
 * {@link #verify verifies} it; what does not verify is the application's.
 */
public final class Proof {

  private final SessionId session;
  private final Role own;
  private final SessionKey key;

  Proof(SessionId session, Role own, SessionKey key) {
    this.session = Objects.requireNonNull(session, "session");
    this.own = Objects.requireNonNull(own, "own");
    this.key = Objects.requireNonNull(key, "key");
  }

  /** The session that a datagram or message claims, proven or not; {@code null} if it is no control message. */
  public static @Nullable SessionId sessionOf(ByteBuffer message) {
    throw new UnsupportedOperationException("arrives with the STUN codec");
  }

  /**
   * Verifies a message of the other side.
   *
   * @param message the whole datagram or framed message; its position stays where it is
   * @return {@code null} if it is malformed, of another session, of our own side, or fails the integrity check
   */
  public @Nullable ProvenMessage verify(ByteBuffer message) {
    throw new UnsupportedOperationException("arrives with the STUN codec");
  }

  /** A connectivity check or consent check: Binding request. */
  public Octets request(Octets transaction, boolean nominate) {
    throw new UnsupportedOperationException("arrives with the STUN codec");
  }

  /** The success response to a check that came from {@code mapped}. */
  public Octets response(Octets transaction, TransportAddress mapped) {
    throw new UnsupportedOperationException("arrives with the STUN codec");
  }

  /** What a TCP connection begins with: Binding indication. */
  public Octets indication(Octets transaction, boolean nominate) {
    throw new UnsupportedOperationException("arrives with the STUN codec");
  }
}
