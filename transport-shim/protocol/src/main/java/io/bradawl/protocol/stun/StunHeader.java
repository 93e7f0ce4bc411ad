package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import java.nio.ByteBuffer;

/** The 20 octets before the attributes (RFC 8489 section 5), read without allocating anything. */
public final class StunHeader {

  public static final int LENGTH = 20;
  public static final int MAGIC_COOKIE = 0x2112A442;

  /** Octets of the largest message that the header can announce. */
  public static final int MAX_MESSAGE_LENGTH = LENGTH + 0xFFFC;

  private static final int COOKIE_OFFSET = 4;
  private static final int LENGTH_OFFSET = 2;

  private StunHeader() {}

  /**
   * Whether what remains in {@code datagram} has the shape of exactly one STUN message: first two
   * bits zero, cookie, and a length that fits. Applications speak STUN too, so a message is ours
   * only once it proves itself.
   */
  public static boolean looksLikeStun(ByteBuffer datagram) {
    if (datagram.remaining() < LENGTH) {
      return false;
    }
    int start = datagram.position();
    return hasShape(datagram, start)
        && u16(datagram, start + LENGTH_OFFSET) == datagram.remaining() - LENGTH;
  }

  /**
   * How many octets the message on a stream has, header included (RFC 8489 section 6.2.2).
   *
   * @param header at least {@value #LENGTH} octets remain; its position stays where it is
   * @return {@value #LENGTH} to {@link #MAX_MESSAGE_LENGTH}
   * @throws WireFormatException if it is no STUN header: on a stream nothing after it can be
   *     understood either
   */
  public static int messageLength(ByteBuffer header) throws WireFormatException {
    if (header.remaining() < LENGTH) {
      throw new WireFormatException(
          "STUN header", 0, "needs " + LENGTH + " octets, " + header.remaining() + " are left");
    }
    if (!hasShape(header, header.position())) {
      throw new WireFormatException(
          "STUN header",
          0,
          "type, cookie or a length that is no multiple of 4 show that this is not STUN");
    }
    return LENGTH + u16(header, header.position() + LENGTH_OFFSET);
  }

  static int type(StunClass messageClass, int method) {
    int bits = messageClass.ordinal();
    return (method & 0xF80) << 2
        | (method & 0x070) << 1
        | method & 0x00F
        | (bits & 2) << 7
        | (bits & 1) << 4;
  }

  /** The method that the first 16 bits of a header name. */
  public static int method(int type) {
    return type >> 2 & 0xF80 | type >> 1 & 0x070 | type & 0x00F;
  }

  static StunClass messageClass(int type) {
    return StunClass.values()[type >> 7 & 2 | type >> 4 & 1];
  }

  private static boolean hasShape(ByteBuffer buffer, int start) {
    return (buffer.get(start) & 0xC0) == 0
        && (buffer.get(start + LENGTH_OFFSET + 1) & 3) == 0
        && u16(buffer, start + COOKIE_OFFSET) == MAGIC_COOKIE >>> 16
        && u16(buffer, start + COOKIE_OFFSET + 2) == (MAGIC_COOKIE & 0xFFFF);
  }

  /** Octet by octet, so that the byte order of the caller's buffer does not matter. */
  private static int u16(ByteBuffer buffer, int index) {
    return (buffer.get(index) & 0xFF) << 8 | buffer.get(index + 1) & 0xFF;
  }
}
