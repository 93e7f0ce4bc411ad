package io.bradawl.runtime.relay;

import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.splice.SpliceLoops;
import io.bradawl.runtime.turn.TurnAccess;
import java.util.random.RandomGenerator;

/**
 * What everything here shares.
 *
 * @param tunnels where connections to servers that are reached by TLS live
 */
record Surroundings(TurnAccess turn, SpliceLoops tunnels, RandomGenerator random) {

  DriverLoop loop() {
    return turn.loop();
  }
}
