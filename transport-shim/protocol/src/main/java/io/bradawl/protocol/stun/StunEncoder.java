package io.bradawl.protocol.stun;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages (RFC 8489 sections 5 and 14). Integrity attributes and FINGERPRINT of a decoded
 * message are not written again: they belong to the octets that were received.
 */
public final class StunEncoder {

  private static final int ATTRIBUTE_HEADER = 4;
  private static final int FINGERPRINT = ATTRIBUTE_HEADER + 4;

  private StunEncoder() {}

  /** The bare message. */
  public static ByteBuffer encode(StunMessage message) {
    return encode(message, null, false);
  }

  /** The message, proved by MESSAGE-INTEGRITY-SHA256 under {@code key}, with FINGERPRINT. */
  public static ByteBuffer encodeProven(StunMessage message, IntegrityKey key) {
    return encode(message, key, true);
  }

  /**
   * Writes a message into a fresh buffer, ready to be read.
   *
   * @param key proves the message by MESSAGE-INTEGRITY-SHA256 if given
   * @throws IllegalArgumentException if the attributes do not fit into a message
   */
  public static ByteBuffer encode(
      StunMessage message, @Nullable IntegrityKey key, boolean fingerprint) {
    return write(
        message, key == null ? null : new Integrity(IntegrityAlgorithm.SHA256, key), fingerprint);
  }

  /**
   * Writes a message that is proved by {@code integrity} into a fresh buffer, ready to be read.
   *
   * @throws IllegalArgumentException if the attributes do not fit into a message
   */
  public static ByteBuffer encodeProven(
      StunMessage message, Integrity integrity, boolean fingerprint) {
    return write(message, integrity, fingerprint);
  }

  private static ByteBuffer write(
      StunMessage message, @Nullable Integrity integrity, boolean fingerprint) {
    ByteBuffer wire = ByteBuffer.allocate(totalLength(message, integrity, fingerprint));
    writeHeader(wire, message);
    message.attributes().stream()
        .filter(attribute -> !isSeal(attribute))
        .forEach(attribute -> writeAttribute(wire, attribute, message.transaction()));
    if (integrity != null) {
      writeIntegrity(wire, integrity);
    }
    if (fingerprint) {
      writeFingerprint(wire);
    }
    announce(wire, 0);
    return wire.flip();
  }

  private static void writeIntegrity(ByteBuffer wire, Integrity integrity) {
    IntegrityAlgorithm algorithm = integrity.algorithm();
    announce(wire, ATTRIBUTE_HEADER + algorithm.length());
    byte[] code = integrity.key().mac(algorithm.mac(), wire.slice(0, wire.position()));
    writeAttributeHeader(wire, algorithm.attribute(), code.length);
    wire.put(code);
  }

  private static void writeFingerprint(ByteBuffer wire) {
    announce(wire, FINGERPRINT);
    int crc = Crc.of(wire.slice(0, wire.position()));
    writeAttributeHeader(wire, AttributeType.FINGERPRINT, 4);
    wire.putInt(crc);
  }

  /** How many octets {@link #encode(StunMessage)} makes. */
  public static int encodedLength(StunMessage message) {
    return StunHeader.LENGTH + bodyLength(message);
  }

  private static int totalLength(
      StunMessage message, @Nullable Integrity integrity, boolean fingerprint) {
    int total =
        encodedLength(message)
            + (integrity == null ? 0 : ATTRIBUTE_HEADER + integrity.algorithm().length())
            + (fingerprint ? FINGERPRINT : 0);
    if (total > StunHeader.MAX_MESSAGE_LENGTH) {
      throw new IllegalArgumentException(
          "STUN message of " + total + " octets, allowed are " + StunHeader.MAX_MESSAGE_LENGTH);
    }
    return total;
  }

  private static int bodyLength(StunMessage message) {
    return message.attributes().stream()
        .filter(attribute -> !isSeal(attribute))
        .mapToInt(attribute -> ATTRIBUTE_HEADER + (attribute.valueLength() + 3 & ~3))
        .sum();
  }

  private static boolean isSeal(StunAttribute attribute) {
    return attribute instanceof MessageIntegrity
        || attribute instanceof MessageIntegritySha256
        || attribute instanceof Fingerprint;
  }

  private static void writeHeader(ByteBuffer wire, StunMessage message) {
    wire.putShort((short) StunHeader.type(message.messageClass(), message.method()));
    wire.putShort((short) 0);
    wire.putInt(StunHeader.MAGIC_COOKIE);
    wire.putInt(message.transaction().high());
    wire.putLong(message.transaction().low());
  }

  private static void writeAttribute(
      ByteBuffer wire, StunAttribute attribute, TransactionId transaction) {
    int length = attribute.valueLength();
    writeAttributeHeader(wire, attribute.type(), length);
    attribute.writeValue(wire, transaction);
    for (int padding = -length & 3; padding > 0; padding--) {
      wire.put((byte) 0);
    }
  }

  private static void writeAttributeHeader(ByteBuffer wire, int type, int length) {
    wire.putShort((short) type).putShort((short) length);
  }

  /** Sets the length to what is written so far and {@code more} octets. */
  private static void announce(ByteBuffer wire, int more) {
    wire.putShort(2, (short) (wire.position() - StunHeader.LENGTH + more));
  }
}
