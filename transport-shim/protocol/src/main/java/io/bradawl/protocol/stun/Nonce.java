package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * NONCE, RFC 8489 section 14.10: what the server wants to see again in the next request.
 *
 * @param value at most {@value #MAX_OCTETS} octets of UTF-8
 */
public record Nonce(String value) implements StunAttribute {

  public static final int MAX_OCTETS = 763;

  public Nonce {
    int octets = value.getBytes(StandardCharsets.UTF_8).length;
    if (octets > MAX_OCTETS) {
      throw new IllegalArgumentException(
          "NONCE of " + octets + " octets, allowed are " + MAX_OCTETS);
    }
  }

  static Nonce read(WireReader value) throws WireFormatException {
    return new Nonce(value.text("NONCE", MAX_OCTETS));
  }

  @Override
  public int type() {
    return AttributeType.NONCE;
  }

  @Override
  public int valueLength() {
    return value.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.put(value.getBytes(StandardCharsets.UTF_8));
  }
}
