package io.bradawl.protocol.stun;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * XOR-RELAYED-ADDRESS, RFC 8656 section 18.5: the address that the server allocated to the client.
 *
 * @param address in the clear
 */
public record XorRelayedAddress(TransportAddress address) implements StunAttribute {

  static XorRelayedAddress read(WireReader value, TransactionId transaction)
      throws WireFormatException {
    return new XorRelayedAddress(
        AddressValue.readMasked("XOR-RELAYED-ADDRESS", value, transaction));
  }

  @Override
  public int type() {
    return AttributeType.XOR_RELAYED_ADDRESS;
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
