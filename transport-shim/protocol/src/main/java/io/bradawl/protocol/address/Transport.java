package io.bradawl.protocol.address;

/** The two transports that paths are made of. */
public enum Transport {
  TCP,
  UDP;

  /** The lower-case name, as in logs and in {@code bradawl.expose}. */
  public String label() {
    return this == TCP ? "tcp" : "udp";
  }
}
