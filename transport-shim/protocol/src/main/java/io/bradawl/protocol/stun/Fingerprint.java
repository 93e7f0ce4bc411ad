package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * FINGERPRINT, RFC 8489 section 14.7: the decoder has checked it, the encoder computes it anew.
 *
 * @param value CRC-32 of the message before it, masked with 0x5354554E
 */
public record Fingerprint(int value) implements StunAttribute {

  static Fingerprint read(WireReader value) throws WireFormatException {
    value.exactly("FINGERPRINT", 4);
    return new Fingerprint(value.i32("FINGERPRINT"));
  }

  @Override
  public int type() {
    return AttributeType.FINGERPRINT;
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
