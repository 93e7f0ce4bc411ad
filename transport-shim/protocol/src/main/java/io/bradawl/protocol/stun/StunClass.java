package io.bradawl.protocol.stun;

/** The two class bits of a message type (RFC 8489 section 5). The order is that of the bits. */
public enum StunClass {
  REQUEST,
  INDICATION,
  SUCCESS,
  ERROR
}
