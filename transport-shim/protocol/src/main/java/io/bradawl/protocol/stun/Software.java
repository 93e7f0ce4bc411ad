package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * SOFTWARE, RFC 8489 section 14.14.
 *
 * @param description at most {@value #MAX_OCTETS} octets of UTF-8
 */
public record Software(String description) implements StunAttribute {

  public static final int MAX_OCTETS = 763;

  public Software {
    int octets = description.getBytes(StandardCharsets.UTF_8).length;
    if (octets > MAX_OCTETS) {
      throw new IllegalArgumentException(
          "SOFTWARE of " + octets + " octets, allowed are " + MAX_OCTETS);
    }
  }

  static Software read(WireReader value) throws WireFormatException {
    return new Software(value.text("SOFTWARE", MAX_OCTETS));
  }

  @Override
  public int type() {
    return AttributeType.SOFTWARE;
  }

  @Override
  public int valueLength() {
    return description.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.put(description.getBytes(StandardCharsets.UTF_8));
  }
}
