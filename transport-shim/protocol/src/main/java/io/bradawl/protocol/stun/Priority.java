package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * PRIORITY, the priority that a peer-reflexive candidate would have, RFC 8445 section 16.1.
 *
 * @param value an unsigned 32-bit number
 */
public record Priority(int value) implements StunAttribute {

  static Priority read(WireReader value) throws WireFormatException {
    value.exactly("PRIORITY", 4);
    return new Priority(value.i32("PRIORITY"));
  }

  @Override
  public int type() {
    return AttributeType.PRIORITY;
  }

  @Override
  public int valueLength() {
    return 4;
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.putInt(value);
  }
}
