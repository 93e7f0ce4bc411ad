package io.bradawl.rendezvous.signal;

import io.bradawl.rendezvous.net.RateLimit;
import io.bradawl.rendezvous.net.RateLimit.Rate;
import io.bradawl.rendezvous.stun.BindingResponder;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.bradawl.rendezvous.turn.TurnTakeover;
import org.jspecify.annotations.Nullable;

/**
 * What all connections have in common, so that each holds little more than a reference to it.
 *
 * @param binding answers those that only ask for their address
 * @param turn takes over those that are the relay's; {@code null} without relay
 * @param messages of one connection
 * @param complaints log lines about garbage
 */
record Exchange(
    SignalRouter router,
    BindingResponder binding,
    @Nullable TurnTakeover turn,
    Rate messages,
    SilenceWatch silence,
    RateLimit complaints,
    Telemetry telemetry) {

  /** Whether to write one more line about garbage. */
  boolean mayComplain() {
    return complaints.take(System.nanoTime());
  }
}
