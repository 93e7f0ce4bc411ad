package io.bradawl.protocol.signal;

/** What is done for the application's data on a path whose two ends have proven who they are. */
public enum Security {
  /** Nothing: the path is for an application that encrypts by itself (TLS, DTLS, QUIC). */
  AUTHENTICATED,
  /** Sealed: read by nobody and changed by nobody on the way. */
  ENCRYPTED;

  /** What a path has if one of its ends wants this and the other one {@code other}. */
  public Security stricter(Security other) {
    return this == ENCRYPTED ? this : other;
  }
}
