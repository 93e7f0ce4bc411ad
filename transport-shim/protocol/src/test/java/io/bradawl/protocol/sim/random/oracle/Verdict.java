package io.bradawl.protocol.sim.random.oracle;

/**
 * What an oracle says of a world.
 *
 * @param prompt whether a direct path comes about before a TCP connection over the relay has won
 * @param relayed whether the peers can meet over a relay
 */
public record Verdict(Reach direct, boolean prompt, boolean relayed) {

  /** Whether the peers must not stay on the relay. */
  public boolean prefersDirect() {
    return direct == Reach.DIRECT && prompt;
  }

  @Override
  public String toString() {
    return direct
        + (direct == Reach.DIRECT && !prompt ? " slowly" : "")
        + (relayed ? ", relay" : "");
  }

  /** Whether a direct path is nothing to wonder at. */
  public boolean mayBeDirect() {
    return direct == Reach.DIRECT || direct == Reach.PERHAPS;
  }

  /** Whether the peers have to meet, one way or the other. */
  public boolean connects() {
    return direct == Reach.DIRECT || relayed;
  }
}
