package io.bradawl.protocol.stun;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * MESSAGE-INTEGRITY, RFC 8489 section 14.5. It comes only out of the decoder; to send one, give the
 * key to {@link StunEncoder}.
 *
 * @param mac HMAC-SHA1, 20 octets
 * @param covered the received octets that it covers, exactly as they were, with the length that the
 *     section prescribes
 */
public record MessageIntegrity(Octets mac, Octets covered) implements StunAttribute {

  static final String ALGORITHM = "HmacSHA1";
  static final int LENGTH = 20;

  static MessageIntegrity read(WireReader value, Octets covered) throws WireFormatException {
    value.exactly("MESSAGE-INTEGRITY", LENGTH);
    return new MessageIntegrity(value.rest("MESSAGE-INTEGRITY", LENGTH), covered);
  }

  /**
   * Whether whoever made the message holds {@code key}. Takes the same time wherever a wrong code
   * differs.
   */
  public boolean provenBy(IntegrityKey key) {
    return key.matches(ALGORITHM, covered, mac);
  }

  @Override
  public int type() {
    return AttributeType.MESSAGE_INTEGRITY;
  }

  @Override
  public int valueLength() {
    return mac.length();
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.put(mac.asByteBuffer());
  }
}
