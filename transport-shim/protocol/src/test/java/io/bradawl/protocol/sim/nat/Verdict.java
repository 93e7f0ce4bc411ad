package io.bradawl.protocol.sim.nat;

import io.bradawl.protocol.sim.nat.NatBehaviour.Refusal;

/** What becomes of a packet. */
public sealed interface Verdict {

  /**
   * It goes on, with these addresses.
   *
   * @param inside to which side
   */
  record Forward(Header header, boolean inside) implements Verdict {}

  /** It goes nowhere; its sender is told so unless {@code how} is DROP. */
  record Refuse(Refusal how) implements Verdict {}
}
