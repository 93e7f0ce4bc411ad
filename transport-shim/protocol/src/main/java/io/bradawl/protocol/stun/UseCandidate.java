package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/** USE-CANDIDATE, the nomination of RFC 8445 section 16.1. */
public record UseCandidate() implements StunAttribute {

  static UseCandidate read(WireReader value) throws WireFormatException {
    value.exactly("USE-CANDIDATE", 0);
    return new UseCandidate();
  }

  @Override
  public int type() {
    return AttributeType.USE_CANDIDATE;
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
