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

  public static final int TRY_ALTERNATE = 300;
  public static final int BAD_REQUEST = 400;
  public static final int UNAUTHENTICATED = 401;

  /** RFC 8656 section 19, as all that name no other document below. */
  public static final int FORBIDDEN = 403;

  /** RFC 8016 section 3.3. */
  public static final int MOBILITY_FORBIDDEN = 405;

  public static final int UNKNOWN_ATTRIBUTE = 420;
  public static final int ALLOCATION_MISMATCH = 437;

  /** RFC 8489 section 14.8. */
  public static final int STALE_NONCE = 438;

  public static final int ADDRESS_FAMILY_NOT_SUPPORTED = 440;
  public static final int WRONG_CREDENTIALS = 441;
  public static final int UNSUPPORTED_TRANSPORT_PROTOCOL = 442;
  public static final int PEER_ADDRESS_FAMILY_MISMATCH = 443;

  /** RFC 6062 section 6.3. */
  public static final int CONNECTION_ALREADY_EXISTS = 446;

  /** RFC 6062 section 6.3. */
  public static final int CONNECTION_TIMEOUT_OR_FAILURE = 447;

  public static final int ALLOCATION_QUOTA_REACHED = 486;
  public static final int SERVER_ERROR = 500;
  public static final int INSUFFICIENT_CAPACITY = 508;

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
    return readAfter(2, FIELD, value);
  }

  /** Reads what ERROR-CODE and ADDRESS-ERROR-CODE share, behind some reserved octets. */
  static ErrorCode readAfter(int reserved, String field, WireReader value)
      throws WireFormatException {
    int start = value.offset();
    value.skip(field, reserved);
    int hundreds = value.u8(field) & 7;
    int rest = value.u8(field);
    if (hundreds < 3 || hundreds > 6 || rest > 99) {
      throw new WireFormatException(
          field, start, "class " + hundreds + " and number " + rest + " are no code of 300..699");
    }
    return new ErrorCode(hundreds * 100 + rest, value.text(field, MAX_REASON_OCTETS));
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
