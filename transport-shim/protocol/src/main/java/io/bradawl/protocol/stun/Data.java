package io.bradawl.protocol.stun;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * DATA, RFC 8656 section 18.4: what goes to or came from the peer.
 *
 * @param octets the payload of one datagram
 */
public record Data(Octets octets) implements StunAttribute {

  static Data read(WireReader value) throws WireFormatException {
    return new Data(value.rest("DATA", 0xFFFF));
  }

  @Override
  public int type() {
    return AttributeType.DATA;
  }

  @Override
  public int valueLength() {
    return octets.length();
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.put(octets.asByteBuffer());
  }
}
