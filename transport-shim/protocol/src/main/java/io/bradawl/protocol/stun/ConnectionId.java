package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * CONNECTION-ID, RFC 6062 section 6.2.1: names a connection between the server and a peer.
 *
 * @param id 32 bits
 */
public record ConnectionId(int id) implements StunAttribute {

  static ConnectionId read(WireReader value) throws WireFormatException {
    value.exactly("CONNECTION-ID", 4);
    return new ConnectionId(value.i32("CONNECTION-ID"));
  }

  @Override
  public int type() {
    return AttributeType.CONNECTION_ID;
  }

  @Override
  public int valueLength() {
    return 4;
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.putInt(id);
  }
}
