package io.bradawl.protocol.stun;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * XOR-MAPPED-ADDRESS, RFC 8489 section 14.2: masked, because some NATs rewrite whatever looks like
 * an address.
 *
 * @param address in the clear
 */
public record XorMappedAddress(TransportAddress address) implements StunAttribute {

  static XorMappedAddress read(WireReader value, TransactionId transaction)
      throws WireFormatException {
    return new XorMappedAddress(AddressValue.readMasked("XOR-MAPPED-ADDRESS", value, transaction));
  }

  @Override
  public int type() {
    return AttributeType.XOR_MAPPED_ADDRESS;
  }

  @Override
  public int valueLength() {
    return AddressValue.length(address);
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    AddressValue.writeMasked(target, address, transaction);
  }
}
