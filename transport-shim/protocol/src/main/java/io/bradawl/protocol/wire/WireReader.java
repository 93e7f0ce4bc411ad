package io.bradawl.protocol.wire;

import io.bradawl.protocol.Octets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads network-order fields one after the other and never beyond the end. Nothing is allocated by
 * a length that was not compared with what is there first.
 */
public final class WireReader {

  private final ByteBuffer source;
  private final int origin;

  private WireReader(ByteBuffer source, int origin) {
    this.source = source;
    this.origin = origin;
  }

  /**
   * Reads what remains in {@code source}, whose position stays where it is. Offsets count from
   * there.
   */
  public static WireReader over(ByteBuffer source) {
    return new WireReader(source.slice().order(ByteOrder.BIG_ENDIAN), 0);
  }

  /** How many octets are left. */
  public int remaining() {
    return source.remaining();
  }

  /** Where the next field begins, in octets from the start of the whole message. */
  public int offset() {
    return origin + source.position();
  }

  /** An unsigned octet. */
  public int u8(String field) throws WireFormatException {
    need(field, 1);
    return source.get() & 0xFF;
  }

  /** An unsigned 16-bit number. */
  public int u16(String field) throws WireFormatException {
    need(field, 2);
    return source.getShort() & 0xFFFF;
  }

  /** 32 bits. */
  public int i32(String field) throws WireFormatException {
    need(field, 4);
    return source.getInt();
  }

  /** 64 bits. */
  public long i64(String field) throws WireFormatException {
    need(field, 8);
    return source.getLong();
  }

  /** Exactly {@code length} octets. */
  public Octets octets(String field, int length) throws WireFormatException {
    return Octets.copyOf(part(field, length).source);
  }

  /** All octets that are left, at most {@code most}. */
  public Octets rest(String field, int most) throws WireFormatException {
    atMost(field, most);
    return octets(field, remaining());
  }

  /** All octets that are left, at most {@code most}, as strict UTF-8. */
  public String text(String field, int most) throws WireFormatException {
    atMost(field, most);
    int start = offset();
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(source).toString();
    } catch (CharacterCodingException e) {
      throw new WireFormatException(field, start, "is not UTF-8");
    }
  }

  /** A reader of the next {@code length} octets alone; this one goes on after them. */
  public WireReader part(String field, int length) throws WireFormatException {
    need(field, length);
    int start = source.position();
    source.position(start + length);
    return new WireReader(source.slice(start, length).order(ByteOrder.BIG_ENDIAN), origin + start);
  }

  /** Steps over {@code length} octets of any content. */
  public void skip(String field, int length) throws WireFormatException {
    need(field, length);
    source.position(source.position() + length);
  }

  /** Fails unless exactly {@code length} octets are left. */
  public void exactly(String field, int length) throws WireFormatException {
    if (remaining() != length) {
      throw failure(field, "has " + remaining() + " octets, must have " + length);
    }
  }

  /** Fails unless everything was read. */
  public void end(String field) throws WireFormatException {
    if (remaining() > 0) {
      throw failure(field, remaining() + " octets too many");
    }
  }

  /** The failure of the field that begins at the current place. */
  public WireFormatException failure(String field, String problem) {
    return new WireFormatException(field, offset(), problem);
  }

  private void atMost(String field, int most) throws WireFormatException {
    if (remaining() > most) {
      throw failure(field, "has " + remaining() + " octets, allowed are " + most);
    }
  }

  private void need(String field, int length) throws WireFormatException {
    if (remaining() < length) {
      throw failure(field, "needs " + length + " octets, " + remaining() + " are left");
    }
  }
}
