package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;

/**
 * NONCE, RFC 8489 section 14.10: what the server wants to see again in the next request.
 *
 * @param value at most {@value #MAX_OCTETS} octets of UTF-8
 */
public record Nonce(String value) implements TextAttribute {

  public static final int MAX_OCTETS = 763;

  public Nonce {
    TextAttribute.requireAtMost(MAX_OCTETS, "NONCE", value);
  }

  static Nonce read(WireReader value) throws WireFormatException {
    return new Nonce(value.text("NONCE", MAX_OCTETS));
  }

  @Override
  public int type() {
    return AttributeType.NONCE;
  }

  @Override
  public String text() {
    return value;
  }
}
