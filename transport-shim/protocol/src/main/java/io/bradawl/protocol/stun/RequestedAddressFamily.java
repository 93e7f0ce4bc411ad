package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * REQUESTED-ADDRESS-FAMILY, RFC 8656 section 18.6: of which family the relayed address shall be.
 *
 * @param family {@link AddressFamily#IPV4}, {@link AddressFamily#IPV6} or an unknown one, 0 to 255
 */
public record RequestedAddressFamily(int family) implements StunAttribute {

  static RequestedAddressFamily read(WireReader value) throws WireFormatException {
    value.exactly("REQUESTED-ADDRESS-FAMILY", 4);
    return new RequestedAddressFamily(value.u8("REQUESTED-ADDRESS-FAMILY"));
  }

  @Override
  public int type() {
    return AttributeType.REQUESTED_ADDRESS_FAMILY;
  }

  @Override
  public int valueLength() {
    return 4;
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.putInt(family << 24);
  }
}
