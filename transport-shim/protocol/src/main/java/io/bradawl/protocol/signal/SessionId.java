package io.bradawl.protocol.signal;

/** Names one attempt at a path between two peers: 128 random bits drawn by the peer that offers. */
public record SessionId(long high, long low) {

  @Override
  public String toString() {
    return String.format("%016x%016x", high, low);
  }
}
