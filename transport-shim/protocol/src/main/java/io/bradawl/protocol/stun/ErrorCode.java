package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * ERROR-CODE, RFC 8489 section 14.8.
 *
 * @param code 300 to 699
 * @param reason for people; at most {@value #MAX_REASON_OCTETS} octets of UTF-8
 */
public record ErrorCode(int code, String reason) implements StunAttribute {

  public static final int BAD_REQUEST = 400;
  public static final int UNKNOWN_ATTRIBUTE = 420;
  public static final int SERVER_ERROR = 500;
  public static final int MAX_REASON_OCTETS = 763;

  private static final String FIELD = "ERROR-CODE";

  public ErrorCode {
    if (code < 300 || code > 699) {
      throw new IllegalArgumentException("error code " + code + " is outside 300..699");
    }
    int octets = reason.getBytes(StandardCharsets.UTF_8).length;
    if (octets > MAX_REASON_OCTETS) {
      throw new IllegalArgumentException(
          "error reason of " + octets + " octets, allowed are " + MAX_REASON_OCTETS);
    }
  }

  static ErrorCode read(WireReader value) throws WireFormatException {
    int start = value.offset();
    value.skip(FIELD, 2);
    int hundreds = value.u8(FIELD) & 7;
    int rest = value.u8(FIELD);
    if (hundreds < 3 || hundreds > 6 || rest > 99) {
      throw new WireFormatException(
          FIELD, start, "class " + hundreds + " and number " + rest + " are no code of 300..699");
    }
    return new ErrorCode(hundreds * 100 + rest, value.text(FIELD, MAX_REASON_OCTETS));
  }

  @Override
  public int type() {
    return AttributeType.ERROR_CODE;
  }

  @Override
  public int valueLength() {
    return 4 + reason.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.putShort((short) 0).put((byte) (code / 100)).put((byte) (code % 100));
    target.put(reason.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return code + " " + reason;
  }
}
