package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;

/**
 * USERNAME, RFC 8489 section 14.3.
 *
 * @param name at most {@value #MAX_OCTETS} octets of UTF-8
 */
public record Username(String name) implements TextAttribute {

  public static final int MAX_OCTETS = 508;

  public Username {
    TextAttribute.requireAtMost(MAX_OCTETS, "USERNAME", name);
  }

  static Username read(WireReader value) throws WireFormatException {
    return new Username(value.text("USERNAME", MAX_OCTETS));
  }

  @Override
  public int type() {
    return AttributeType.USERNAME;
  }

  @Override
  public String text() {
    return name;
  }
}
