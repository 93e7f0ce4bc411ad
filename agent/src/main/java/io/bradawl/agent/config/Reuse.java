package io.bradawl.agent.config;

/** When TCP sockets get SO_REUSEADDR and SO_REUSEPORT. */
public enum Reuse {
  /** At creation. */
  ON,
  /** When the first punch from a listener's port needs them. */
  LAZY,
  /** Never. */
  OFF
}
