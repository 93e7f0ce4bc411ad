package io.bradawl.protocol.path.tcp;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import org.jspecify.annotations.Nullable;

/** An established connection about which nothing is decided yet. */
final class Connection {

  private final ConnectionId id;
  private final TransportAddress remote;
  private final @Nullable Target target;
  private final long proofDue;
  private boolean proven;

  Connection(ConnectionId id, TransportAddress remote, @Nullable Target target, long proofDue) {
    this.id = id;
    this.remote = remote;
    this.target = target;
    this.proofDue = proofDue;
  }

  ConnectionId id() {
    return id;
  }

  TransportAddress remote() {
    return remote;
  }

  /**
   * The candidate behind it; {@code null} if the peer came from an address that it had not told.
   */
  @Nullable Target target() {
    return target;
  }

  Candidate.Kind kind() {
    if (id.origin() == ConnectionId.Origin.RELAYED) {
      return Candidate.Kind.RELAYED;
    }
    return target == null ? Candidate.Kind.PEER_REFLEXIVE : target.kind();
  }

  boolean isRelayed() {
    return kind() == Candidate.Kind.RELAYED;
  }

  void prove() {
    proven = true;
  }

  boolean isProven() {
    return proven;
  }

  /** When its silence is no longer borne. */
  long proofDue() {
    return proven ? Machine.NEVER : proofDue;
  }
}
