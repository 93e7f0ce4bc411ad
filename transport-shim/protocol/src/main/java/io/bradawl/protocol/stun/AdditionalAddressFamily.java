package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * ADDITIONAL-ADDRESS-FAMILY, RFC 8656 section 18.11: the family of a second relayed address.
 *
 * @param family {@link AddressFamily#IPV4}, {@link AddressFamily#IPV6} or an unknown one, 0 to 255
 */
public record AdditionalAddressFamily(int family) implements StunAttribute {

  static AdditionalAddressFamily read(WireReader value) throws WireFormatException {
    value.exactly("ADDITIONAL-ADDRESS-FAMILY", 4);
    return new AdditionalAddressFamily(value.u8("ADDITIONAL-ADDRESS-FAMILY"));
  }

  @Override
  public int type() {
    return AttributeType.ADDITIONAL_ADDRESS_FAMILY;
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
