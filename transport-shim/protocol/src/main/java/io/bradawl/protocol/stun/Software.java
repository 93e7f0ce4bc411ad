package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;

/**
 * SOFTWARE, RFC 8489 section 14.14.
 *
 * @param description at most {@value #MAX_OCTETS} octets of UTF-8
 */
public record Software(String description) implements TextAttribute {

  public static final int MAX_OCTETS = 763;

  public Software {
    TextAttribute.requireAtMost(MAX_OCTETS, "SOFTWARE", description);
  }

  static Software read(WireReader value) throws WireFormatException {
    return new Software(value.text("SOFTWARE", MAX_OCTETS));
  }

  @Override
  public int type() {
    return AttributeType.SOFTWARE;
  }

  @Override
  public String text() {
    return description;
  }
}
