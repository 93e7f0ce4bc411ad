package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * RESPONSE-PORT, RFC 5780 section 7.5: at which port of the same address the client wants the
 * response.
 *
 * @param port 0 to 65535
 */
public record ResponsePort(int port) implements StunAttribute {

  public ResponsePort {
    if (port < 0 || port > 0xFFFF) {
      throw new IllegalArgumentException("port " + port + " is outside 0..65535");
    }
  }

  /** The value has two octets, according to the RFC with or without two more of padding. */
  static ResponsePort read(WireReader value) throws WireFormatException {
    int port = value.u16("RESPONSE-PORT");
    value.skip("RESPONSE-PORT", Math.min(2, value.remaining()));
    value.end("RESPONSE-PORT");
    return new ResponsePort(port);
  }

  @Override
  public int type() {
    return AttributeType.RESPONSE_PORT;
  }

  @Override
  public int valueLength() {
    return 2;
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.putShort((short) port);
  }
}
