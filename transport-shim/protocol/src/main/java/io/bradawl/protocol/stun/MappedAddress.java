package io.bradawl.protocol.stun;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/** MAPPED-ADDRESS, RFC 8489 section 14.1. */
public record MappedAddress(TransportAddress address) implements StunAttribute {

  private static final byte[] NO_MASK = new byte[16];

  static MappedAddress read(WireReader value) throws WireFormatException {
    return new MappedAddress(AddressValue.read("MAPPED-ADDRESS", value, NO_MASK));
  }

  @Override
  public int type() {
    return AttributeType.MAPPED_ADDRESS;
  }

  @Override
  public int valueLength() {
    return AddressValue.length(address);
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    AddressValue.write(target, address, NO_MASK);
  }
}
