package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * REALM, RFC 8489 section 14.9: for whom a long-term credential is good. Not a realm of peers.
 *
 * @param name at most {@value #MAX_OCTETS} octets of UTF-8
 */
public record StunRealm(String name) implements StunAttribute {

  public static final int MAX_OCTETS = 763;

  public StunRealm {
    int octets = name.getBytes(StandardCharsets.UTF_8).length;
    if (octets > MAX_OCTETS) {
      throw new IllegalArgumentException(
          "REALM of " + octets + " octets, allowed are " + MAX_OCTETS);
    }
  }

  static StunRealm read(WireReader value) throws WireFormatException {
    return new StunRealm(value.text("REALM", MAX_OCTETS));
  }

  @Override
  public int type() {
    return AttributeType.REALM;
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
