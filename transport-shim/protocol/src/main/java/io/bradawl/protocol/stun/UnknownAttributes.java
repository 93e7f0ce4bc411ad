package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * UNKNOWN-ATTRIBUTES, RFC 8489 section 14.13: what a server did not understand; goes with error
 * 420.
 *
 * @param types attribute types, each 0 to 0xFFFF
 */
public record UnknownAttributes(List<Integer> types) implements StunAttribute {

  public UnknownAttributes {
    types = List.copyOf(types);
  }

  static UnknownAttributes read(WireReader value) throws WireFormatException {
    List<Integer> types = new ArrayList<>();
    while (value.remaining() > 0) {
      types.add(value.u16("UNKNOWN-ATTRIBUTES"));
    }
    return new UnknownAttributes(types);
  }

  @Override
  public int type() {
    return AttributeType.UNKNOWN_ATTRIBUTES;
  }

  @Override
  public int valueLength() {
    return 2 * types.size();
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    types.forEach(type -> target.putShort(type.shortValue()));
  }
}
