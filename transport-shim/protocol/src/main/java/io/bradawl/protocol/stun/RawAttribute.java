package io.bradawl.protocol.stun;

import io.bradawl.protocol.Octets;
import java.nio.ByteBuffer;

/**
 * An attribute that this package does not interpret.
 *
 * @param type 0 to 0xFFFF
 * @param value without padding
 */
public record RawAttribute(int type, Octets value) implements StunAttribute {

  public RawAttribute {
    if (type < 0 || type > 0xFFFF) {
      throw new IllegalArgumentException("attribute type " + type + " is outside 0..0xFFFF");
    }
  }

  @Override
  public int valueLength() {
    return value.length();
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.put(value.asByteBuffer());
  }
}
