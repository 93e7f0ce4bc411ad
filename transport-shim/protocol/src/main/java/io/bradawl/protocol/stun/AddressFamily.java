package io.bradawl.protocol.stun;

/** The numbers of address families (RFC 8489 section 14.1). */
public final class AddressFamily {

  public static final int IPV4 = 1;
  public static final int IPV6 = 2;

  private AddressFamily() {}
}
