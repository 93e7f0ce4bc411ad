package io.bradawl.protocol.turn;

import java.net.InetAddress;

/** With whom clients may talk. */
public interface PeerRules {

  /** Whether packets may go to that address, and come from there. */
  boolean allows(InetAddress peer);
}
