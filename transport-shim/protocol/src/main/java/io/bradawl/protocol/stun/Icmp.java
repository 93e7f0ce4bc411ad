package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * ICMP, RFC 8656 section 18.13: an ICMP error that the relayed address met.
 *
 * @param icmpType 0 to 127; of ICMPv4 or ICMPv6, as the peer's address tells
 * @param icmpCode 0 to 511
 * @param errorData the next-hop MTU for "too big", else 0
 */
public record Icmp(int icmpType, int icmpCode, int errorData) implements StunAttribute {

  public Icmp {
    if (icmpType < 0 || icmpType > 0x7F || icmpCode < 0 || icmpCode > 0x1FF) {
      throw new IllegalArgumentException(
          "ICMP type " + icmpType + " and code " + icmpCode + " are outside 0..127 and 0..511");
    }
  }

  static Icmp read(WireReader value) throws WireFormatException {
    value.exactly("ICMP", 8);
    value.skip("ICMP", 2);
    int both = value.u16("ICMP");
    return new Icmp(both >> 9, both & 0x1FF, value.i32("ICMP"));
  }

  @Override
  public int type() {
    return AttributeType.ICMP;
  }

  @Override
  public int valueLength() {
    return 8;
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.putShort((short) 0).putShort((short) (icmpType << 9 | icmpCode)).putInt(errorData);
  }
}
