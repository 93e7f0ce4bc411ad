package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * ICE-CONTROLLED, RFC 8445 section 16.1.
 *
 * @param tieBreaker 64 random bits, unsigned
 */
public record IceControlled(long tieBreaker) implements StunAttribute {

  static IceControlled read(WireReader value) throws WireFormatException {
    value.exactly("ICE-CONTROLLED", 8);
    return new IceControlled(value.i64("ICE-CONTROLLED"));
  }

  @Override
  public int type() {
    return AttributeType.ICE_CONTROLLED;
  }

  @Override
  public int valueLength() {
    return 8;
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.putLong(tieBreaker);
  }
}
