package io.bradawl.protocol.sim.random.plan;

/** Who has the other peer's private address on a peer's own net. */
public enum Stranger {
  NOBODY,
  /** Nothing listens there: connects are refused, datagrams vanish. */
  DEAF,
  /** Sends all back that it gets. */
  ECHO,
  /** Speaks first over TCP, and answers each datagram with noise. */
  TALKATIVE
}
