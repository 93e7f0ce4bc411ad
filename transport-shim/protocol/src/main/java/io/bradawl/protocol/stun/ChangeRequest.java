package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * CHANGE-REQUEST, RFC 5780 section 7.2: from where the client wants the response.
 *
 * @param ip from the other IP address
 * @param port from the other port
 */
public record ChangeRequest(boolean ip, boolean port) implements StunAttribute {

  private static final int IP = 4;
  private static final int PORT = 2;

  static ChangeRequest read(WireReader value) throws WireFormatException {
    value.exactly("CHANGE-REQUEST", 4);
    int flags = value.i32("CHANGE-REQUEST");
    return new ChangeRequest((flags & IP) != 0, (flags & PORT) != 0);
  }

  @Override
  public int type() {
    return AttributeType.CHANGE_REQUEST;
  }

  @Override
  public int valueLength() {
    return 4;
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.putInt((ip ? IP : 0) | (port ? PORT : 0));
  }
}
