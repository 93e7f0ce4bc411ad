package io.bradawl.runtime.turn;

import io.bradawl.runtime.dial.Dial;
import io.bradawl.runtime.loop.NettyDriverLoop;

/** All it takes to reach a TURN server. */
public record TurnAccess(TurnServers servers, Dial dial, NettyDriverLoop loop) {

  /** Begins to connect to a server that is reached over TCP or TLS. On the loop. */
  public TurnStream open(TurnServer server, TurnStream.Listener listener) {
    return TurnStream.open(server, dial, loop, listener);
  }
}
