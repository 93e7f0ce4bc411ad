package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * REQUESTED-TRANSPORT, RFC 8656 section 18.8: how the server shall talk to the peers.
 *
 * @param protocol IP protocol number, 0 to 255
 */
public record RequestedTransport(int protocol) implements StunAttribute {

  /** RFC 6062 section 4.1. */
  public static final RequestedTransport TCP = new RequestedTransport(6);

  public static final RequestedTransport UDP = new RequestedTransport(17);

  public RequestedTransport {
    if (protocol < 0 || protocol > 0xFF) {
      throw new IllegalArgumentException("IP protocol " + protocol + " is outside 0..255");
    }
  }

  static RequestedTransport read(WireReader value) throws WireFormatException {
    value.exactly("REQUESTED-TRANSPORT", 4);
    return new RequestedTransport(value.u8("REQUESTED-TRANSPORT"));
  }

  @Override
  public int type() {
    return AttributeType.REQUESTED_TRANSPORT;
  }

  @Override
  public int valueLength() {
    return 4;
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.putInt(protocol << 24);
  }
}
