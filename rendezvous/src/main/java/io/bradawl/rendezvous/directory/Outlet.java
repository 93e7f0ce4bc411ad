package io.bradawl.rendezvous.directory;

import io.bradawl.protocol.signal.Signal;

/** Where a peer is spoken to: over its connection to this node, or through another node. */
public interface Outlet {

  /** Sends what nobody confirms; {@code false} if it is known not to arrive. */
  boolean send(Signal.Indication indication);
}
