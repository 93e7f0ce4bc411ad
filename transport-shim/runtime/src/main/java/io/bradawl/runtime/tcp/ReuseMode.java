package io.bradawl.runtime.tcp;

/** Whether application listeners share their port with punching sockets: {@code bradawl.reuse}. */
public enum ReuseMode {
  /** They do so from their creation. */
  ON,
  /** They are made to when the first offer comes. */
  LAZY,
  /** Never: such a listener is only reached where no NAT has to be opened from inside. */
  OFF
}
