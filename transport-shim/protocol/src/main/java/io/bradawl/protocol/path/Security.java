package io.bradawl.protocol.path;

/** What is done for the application's data on a path whose two ends have proven who they are. */
public enum Security {
  /** Sealed: read by nobody and changed by nobody on the way. */
  ENCRYPTED,
  /** Nothing: the path is for an application that encrypts by itself (TLS, DTLS, QUIC). */
  AUTHENTICATED
}
