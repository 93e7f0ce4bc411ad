package io.bradawl.protocol.turn;

import io.bradawl.protocol.address.TransportAddress;
import org.jspecify.annotations.Nullable;

/** A TCP connection to a peer on its way from connecting to its end. */
final class PeerLink<C> {

  private final Allocation<C> allocation;
  private final TransportAddress peer;
  private @Nullable PeerSocket socket;
  private long deadline;
  private boolean bound;

  PeerLink(Allocation<C> allocation, TransportAddress peer) {
    this.allocation = allocation;
    this.peer = peer;
  }

  Allocation<C> allocation() {
    return allocation;
  }

  TransportAddress peer() {
    return peer;
  }

  /** {@code null} while it is being connected. */
  @Nullable PeerSocket socket() {
    return socket;
  }

  /** It is there, and waits for the client until the deadline. */
  void await(PeerSocket socket, long deadline) {
    this.socket = socket;
    this.deadline = deadline;
  }

  long deadline() {
    return deadline;
  }

  boolean isBound() {
    return bound;
  }

  void bind() {
    bound = true;
  }
}
