package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * EVEN-PORT, RFC 8656 section 18.7: the relayed port shall be even.
 *
 * @param reserveNext whether the server shall keep the next port for a later allocation
 */
public record EvenPort(boolean reserveNext) implements StunAttribute {

  static EvenPort read(WireReader value) throws WireFormatException {
    value.exactly("EVEN-PORT", 1);
    return new EvenPort((value.u8("EVEN-PORT") & 0x80) != 0);
  }

  @Override
  public int type() {
    return AttributeType.EVEN_PORT;
  }

  @Override
  public int valueLength() {
    return 1;
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.put((byte) (reserveNext ? 0x80 : 0));
  }
}
