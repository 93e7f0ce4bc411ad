package io.bradawl.protocol.stun;

/**
 * Methods that other documents define (RFC 8489 section 18.1). Bradawl's own stand with its
 * signalling.
 */
public final class StunMethod {

  /** RFC 8489 section 2. */
  public static final int BINDING = 0x001;

  /** RFC 8656 section 17, as the next five. */
  public static final int ALLOCATE = 0x003;

  public static final int REFRESH = 0x004;
  public static final int SEND = 0x006;
  public static final int DATA = 0x007;
  public static final int CREATE_PERMISSION = 0x008;
  public static final int CHANNEL_BIND = 0x009;

  /** RFC 6062 section 6.1, as the next two. */
  public static final int CONNECT = 0x00A;

  public static final int CONNECTION_BIND = 0x00B;
  public static final int CONNECTION_ATTEMPT = 0x00C;

  /** The largest method that fits the header. */
  static final int MAX = 0xFFF;

  private StunMethod() {}
}
