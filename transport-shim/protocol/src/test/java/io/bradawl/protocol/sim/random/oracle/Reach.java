package io.bradawl.protocol.sim.random.oracle;

/** Whether two peers can meet without a relay. */
public enum Reach {
  /** By a technique that is implemented. */
  DIRECT,
  /** That depends on which packet is where first. */
  PERHAPS,
  /** Only by techniques still to come: port prediction, spraying. */
  OPEN,
  NO
}
