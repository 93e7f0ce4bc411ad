package io.bradawl.protocol.stun;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * USERHASH, RFC 8489 section 14.4: stands for USERNAME where that shall not be read on the way.
 *
 * @param hash SHA-256 over user name, colon and realm, 32 octets
 */
public record UserHash(Octets hash) implements StunAttribute {

  private static final int LENGTH = 32;

  public UserHash {
    if (hash.length() != LENGTH) {
      throw new IllegalArgumentException(
          "USERHASH of " + hash.length() + " octets, it has " + LENGTH);
    }
  }

  static UserHash read(WireReader value) throws WireFormatException {
    value.exactly("USERHASH", LENGTH);
    return new UserHash(value.rest("USERHASH", LENGTH));
  }

  @Override
  public int type() {
    return AttributeType.USERHASH;
  }

  @Override
  public int valueLength() {
    return LENGTH;
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.put(hash.asByteBuffer());
  }
}
