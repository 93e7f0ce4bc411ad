package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/** DONT-FRAGMENT, RFC 8656 section 18.9. */
public record DontFragment() implements StunAttribute {

  static DontFragment read(WireReader value) throws WireFormatException {
    value.exactly("DONT-FRAGMENT", 0);
    return new DontFragment();
  }

  @Override
  public int type() {
    return AttributeType.DONT_FRAGMENT;
  }

  @Override
  public int valueLength() {
    return 0;
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    // A flag: its presence is all it says.
  }
}
