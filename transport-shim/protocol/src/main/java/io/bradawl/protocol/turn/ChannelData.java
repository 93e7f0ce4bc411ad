package io.bradawl.protocol.turn;

import java.nio.ByteBuffer;

/**
 * The four octets before a datagram that travels over a channel (RFC 8656 section 12.4): channel
 * number and length of the payload. Over streams the whole is padded to a multiple of 4.
 */
public final class ChannelData {

  /** Octets of the header. */
  public static final int HEADER = 4;

  /** The first and the last number that names a channel (RFC 8656 section 12). */
  public static final int FIRST_CHANNEL = 0x4000;

  public static final int LAST_CHANNEL = 0x4FFF;

  /** The last number that clients of RFC 5766 may choose; coturn's tools do. Servers take it. */
  public static final int LAST_OF_RFC_5766 = 0x7FFF;

  /** Octets of the largest payload. */
  public static final int MAX_PAYLOAD = 0xFFFF;

  private ChannelData() {}

  /** Whether {@code number} may name a channel. */
  public static boolean isChannel(int number) {
    return number >= FIRST_CHANNEL && number <= LAST_CHANNEL;
  }

  /** Whether a client, of whatever RFC, may name a channel so. */
  public static boolean isServed(int number) {
    return number >= FIRST_CHANNEL && number <= LAST_OF_RFC_5766;
  }

  /** Whether what begins with this octet can be nothing but ChannelData on a server's port. */
  public static boolean isServed(byte first) {
    return (first & 0xC0) == FIRST_CHANNEL >> 8;
  }

  /** Whether something that begins with this octet is ChannelData (RFC 7983 section 7). */
  public static boolean beginsWith(byte first) {
    return (first & 0xF0) == FIRST_CHANNEL >> 8;
  }

  /**
   * Whether what remains in {@code datagram} is ChannelData. Octets behind the payload are ignored
   * (RFC 8656 section 12.5: padding may be there).
   */
  public static boolean isWhole(ByteBuffer datagram) {
    return datagram.remaining() >= HEADER
        && beginsWith(datagram.get(datagram.position()))
        && length(datagram) <= datagram.remaining() - HEADER;
  }

  /** The channel number of what begins at the position, which stays where it is. */
  public static int number(ByteBuffer header) {
    return u16(header, header.position());
  }

  /** Octets of the payload of what begins at the position, which stays where it is. */
  public static int length(ByteBuffer header) {
    return u16(header, header.position() + 2);
  }

  /**
   * How many octets the message takes on a stream, header and padding included.
   *
   * @param payload octets of the payload
   */
  public static int lengthOnStream(int payload) {
    return HEADER + (payload + 3 & ~3);
  }

  /** The header as a number in network order. */
  public static int header(int number, int payload) {
    return number << 16 | payload;
  }

  /** Octet by octet, so that the byte order of the caller's buffer does not matter. */
  private static int u16(ByteBuffer buffer, int index) {
    return (buffer.get(index) & 0xFF) << 8 | buffer.get(index + 1) & 0xFF;
  }
}
