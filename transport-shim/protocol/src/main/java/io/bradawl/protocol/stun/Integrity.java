package io.bradawl.protocol.stun;

/** How both sides of an exchange prove their messages. Does not show the key. */
public record Integrity(IntegrityAlgorithm algorithm, IntegrityKey key) {

  /** Whether {@code message} was proved in just this way. */
  public boolean proves(StunMessage message) {
    return algorithm == IntegrityAlgorithm.SHA256 ? message.provenBy(key) : provedBySha1(message);
  }

  private boolean provedBySha1(StunMessage message) {
    MessageIntegrity code = message.first(MessageIntegrity.class);
    return code != null && code.provenBy(key);
  }
}
