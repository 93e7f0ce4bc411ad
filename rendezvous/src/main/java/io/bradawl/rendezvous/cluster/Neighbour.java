package io.bradawl.rendezvous.cluster;

import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.signal.Signal;

/** What other nodes tell this one. Called on the thread of the registry. */
public interface Neighbour {

  /** A process that is registered here has registered at another node since. */
  void moved(PeerInstance who);

  /** Delivers a signal; {@code false} if its recipient is not here. */
  boolean arrived(PeerInstance to, Signal.Indication indication);
}
