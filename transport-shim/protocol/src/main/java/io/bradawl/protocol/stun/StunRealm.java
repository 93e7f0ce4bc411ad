package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;

/**
 * REALM, RFC 8489 section 14.9: for whom a long-term credential is good. Not a realm of peers.
 *
 * @param name at most {@value #MAX_OCTETS} octets of UTF-8
 */
public record StunRealm(String name) implements TextAttribute {

  public static final int MAX_OCTETS = 763;

  public StunRealm {
    TextAttribute.requireAtMost(MAX_OCTETS, "REALM", name);
  }

  static StunRealm read(WireReader value) throws WireFormatException {
    return new StunRealm(value.text("REALM", MAX_OCTETS));
  }

  @Override
  public int type() {
    return AttributeType.REALM;
  }

  @Override
  public String text() {
    return name;
  }
}
