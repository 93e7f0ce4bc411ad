package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * RESERVATION-TOKEN, RFC 8656 section 18.10.
 *
 * @param token 64 bits that the server chose
 */
public record ReservationToken(long token) implements StunAttribute {

  static ReservationToken read(WireReader value) throws WireFormatException {
    value.exactly("RESERVATION-TOKEN", 8);
    return new ReservationToken(value.i64("RESERVATION-TOKEN"));
  }

  @Override
  public int type() {
    return AttributeType.RESERVATION_TOKEN;
  }

  @Override
  public int valueLength() {
    return 8;
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.putLong(token);
  }
}
