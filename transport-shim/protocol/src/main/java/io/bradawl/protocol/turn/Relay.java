package io.bradawl.protocol.turn;

import io.bradawl.protocol.address.TransportAddress;

/** A socket on which peers reach a client; whoever drives the machine implements it. */
public interface Relay {

  /** The address that peers are told. */
  TransportAddress address();
}
