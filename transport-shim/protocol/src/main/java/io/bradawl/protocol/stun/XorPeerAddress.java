package io.bradawl.protocol.stun;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * XOR-PEER-ADDRESS, RFC 8656 section 18.3: the peer as the TURN server sees it.
 *
 * @param address in the clear
 */
public record XorPeerAddress(TransportAddress address) implements StunAttribute {

  static XorPeerAddress read(WireReader value, TransactionId transaction)
      throws WireFormatException {
    return new XorPeerAddress(AddressValue.readMasked("XOR-PEER-ADDRESS", value, transaction));
  }

  @Override
  public int type() {
    return AttributeType.XOR_PEER_ADDRESS;
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
