package io.bradawl.protocol.stun;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/** OTHER-ADDRESS, RFC 5780 section 7.4: the server's other address, with its other port. */
public record OtherAddress(TransportAddress address) implements StunAttribute {

  static OtherAddress read(WireReader value) throws WireFormatException {
    return new OtherAddress(AddressValue.readPlain("OTHER-ADDRESS", value));
  }

  @Override
  public int type() {
    return AttributeType.OTHER_ADDRESS;
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
