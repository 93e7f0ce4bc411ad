package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * ADDRESS-ERROR-CODE, RFC 8656 section 18.12: why one of two relayed addresses could not be had.
 *
 * @param family see {@link AddressFamily}
 * @param error the reason
 */
public record AddressErrorCode(int family, ErrorCode error) implements StunAttribute {

  static AddressErrorCode read(WireReader value) throws WireFormatException {
    int family = value.u8("ADDRESS-ERROR-CODE");
    return new AddressErrorCode(family, ErrorCode.readAfter(1, "ADDRESS-ERROR-CODE", value));
  }

  @Override
  public int type() {
    return AttributeType.ADDRESS_ERROR_CODE;
  }

  @Override
  public int valueLength() {
    return error.valueLength();
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.put((byte) family).put((byte) 0);
    target.put((byte) (error.code() / 100)).put((byte) (error.code() % 100));
    target.put(error.reason().getBytes(StandardCharsets.UTF_8));
  }
}
