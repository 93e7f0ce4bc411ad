package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * ICE-CONTROLLING, RFC 8445 section 16.1.
 *
 * @param tieBreaker 64 random bits, unsigned
 */
public record IceControlling(long tieBreaker) implements StunAttribute {

  static IceControlling read(WireReader value) throws WireFormatException {
    value.exactly("ICE-CONTROLLING", 8);
    return new IceControlling(value.i64("ICE-CONTROLLING"));
  }

  @Override
  public int type() {
    return AttributeType.ICE_CONTROLLING;
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
