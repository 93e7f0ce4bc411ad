package io.bradawl.protocol.stun;

/** How a message is proved under an {@link IntegrityKey}. */
public enum IntegrityAlgorithm {
  /** MESSAGE-INTEGRITY, RFC 8489 section 14.5; what clients of RFC 5389 know. */
  SHA1(AttributeType.MESSAGE_INTEGRITY, MessageIntegrity.ALGORITHM, MessageIntegrity.LENGTH),

  /** MESSAGE-INTEGRITY-SHA256, RFC 8489 section 14.6. */
  SHA256(
      AttributeType.MESSAGE_INTEGRITY_SHA256,
      MessageIntegritySha256.ALGORITHM,
      MessageIntegritySha256.LENGTH);

  private final int attribute;
  private final String mac;
  private final int length;

  IntegrityAlgorithm(int attribute, String mac, int length) {
    this.attribute = attribute;
    this.mac = mac;
    this.length = length;
  }

  int attribute() {
    return attribute;
  }

  /** As the JDK's providers name it. */
  String mac() {
    return mac;
  }

  /** Octets of the code. */
  int length() {
    return length;
  }
}
