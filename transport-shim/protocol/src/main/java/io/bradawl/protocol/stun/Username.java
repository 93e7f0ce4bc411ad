package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * USERNAME, RFC 8489 section 14.3.
 *
 * @param name at most {@value #MAX_OCTETS} octets of UTF-8
 */
public record Username(String name) implements StunAttribute {

  public static final int MAX_OCTETS = 508;

  public Username {
    int octets = name.getBytes(StandardCharsets.UTF_8).length;
    if (octets > MAX_OCTETS) {
      throw new IllegalArgumentException(
          "USERNAME of " + octets + " octets, allowed are " + MAX_OCTETS);
    }
  }

  static Username read(WireReader value) throws WireFormatException {
    return new Username(value.text("USERNAME", MAX_OCTETS));
  }

  @Override
  public int type() {
    return AttributeType.USERNAME;
  }

  @Override
  public int valueLength() {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.put(name.getBytes(StandardCharsets.UTF_8));
  }
}
