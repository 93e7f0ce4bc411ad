package io.bradawl.protocol.stun;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * MESSAGE-INTEGRITY-SHA256, RFC 8489 section 14.6. It comes only out of the decoder; to send one,
 * give the key to {@link StunEncoder}.
 *
 * @param mac HMAC-SHA256; 32 octets, the truncated forms of the RFC are not accepted
 * @param covered the received octets that it covers, exactly as they were, with the length that the
 *     section prescribes
 */
public record MessageIntegritySha256(Octets mac, Octets covered) implements StunAttribute {

  static final String ALGORITHM = "HmacSHA256";
  static final int LENGTH = 32;

  static MessageIntegritySha256 read(WireReader value, Octets covered) throws WireFormatException {
    value.exactly("MESSAGE-INTEGRITY-SHA256", LENGTH);
    return new MessageIntegritySha256(value.rest("MESSAGE-INTEGRITY-SHA256", LENGTH), covered);
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
    return AttributeType.MESSAGE_INTEGRITY_SHA256;
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
