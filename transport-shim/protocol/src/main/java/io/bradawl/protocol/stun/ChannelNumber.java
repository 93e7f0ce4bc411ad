package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * CHANNEL-NUMBER, RFC 8656 section 18.1.
 *
 * @param number 0 to 0xFFFF; which ones name a channel is section 12's business
 */
public record ChannelNumber(int number) implements StunAttribute {

  public ChannelNumber {
    if (number < 0 || number > 0xFFFF) {
      throw new IllegalArgumentException("channel number " + number + " is outside 0..0xFFFF");
    }
  }

  static ChannelNumber read(WireReader value) throws WireFormatException {
    value.exactly("CHANNEL-NUMBER", 4);
    return new ChannelNumber(value.u16("CHANNEL-NUMBER"));
  }

  @Override
  public int type() {
    return AttributeType.CHANNEL_NUMBER;
  }

  @Override
  public int valueLength() {
    return 4;
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.putShort((short) number).putShort((short) 0);
  }
}
