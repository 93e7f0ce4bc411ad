package io.bradawl.protocol.stun;

/**
 * Methods that other documents define (RFC 8489 section 18.1). Bradawl's own stand with its
 * signalling.
 */
public final class StunMethod {

  /** RFC 8489 section 2. */
  public static final int BINDING = 0x001;

  /** The largest method that fits the header. */
  static final int MAX = 0xFFF;

  private StunMethod() {}
}
