package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * PADDING, RFC 5780 section 7.6: makes a message so long that it is sent in fragments.
 *
 * @param octets of no meaning, 0 to 65532
 */
public record Padding(int octets) implements StunAttribute {

  private static final int MOST = 0xFFFC;

  public Padding {
    if (octets < 0 || octets > MOST) {
      throw new IllegalArgumentException("PADDING of " + octets + " octets, allowed are " + MOST);
    }
  }

  static Padding read(WireReader value) {
    return new Padding(Math.min(value.remaining(), MOST));
  }

  @Override
  public int type() {
    return AttributeType.PADDING;
  }

  @Override
  public int valueLength() {
    return octets;
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.put(new byte[octets]);
  }
}
