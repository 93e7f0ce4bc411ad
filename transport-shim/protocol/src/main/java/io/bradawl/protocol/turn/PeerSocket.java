package io.bradawl.protocol.turn;

/**
 * A TCP connection between the server and a peer (RFC 6062); whoever drives the machine implements
 * it.
 */
public interface PeerSocket {

  /** CONNECTION-ID: drawn at random, so that nobody guesses it, and no other one has it. */
  int id();
}
