package io.bradawl.protocol.signal;

/**
 * Bradawl's own STUN methods, in the range 0x080 to 0x0FF, of which IANA has assigned almost
 * nothing (RFC 8489 section 18.2); so the first octet of a message stays below 4, as RFC 7983
 * section 7 wants it.
 */
public final class SignalMethod {

  public static final int REGISTER = 0x0B1;
  public static final int LOOKUP = 0x0B2;
  public static final int OFFER = 0x0B3;
  public static final int ANSWER = 0x0B4;
  public static final int REFUSAL = 0x0B5;
  public static final int WITHDRAWAL = 0x0B6;
  public static final int MOVE = 0x0B7;

  private SignalMethod() {}
}
