package io.bradawl.protocol.stun;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/** RESPONSE-ORIGIN, RFC 5780 section 7.3: where the server sent this response from. */
public record ResponseOrigin(TransportAddress address) implements StunAttribute {

  static ResponseOrigin read(WireReader value) throws WireFormatException {
    return new ResponseOrigin(AddressValue.readPlain("RESPONSE-ORIGIN", value));
  }

  @Override
  public int type() {
    return AttributeType.RESPONSE_ORIGIN;
  }

  @Override
  public int valueLength() {
    return AddressValue.length(address);
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    AddressValue.writePlain(target, address);
  }
}
