package io.bradawl.protocol.path;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.noise.SessionKeys;
import io.bradawl.protocol.stun.IntegrityKey;

/**
 * The keys of MESSAGE-INTEGRITY-SHA256 in a session, one per direction, so that a peer's own proof,
 * sent back to it, proves nothing.
 */
public final class ProofKeys {

  private final IntegrityKey offerer;
  private final IntegrityKey answerer;

  private ProofKeys(IntegrityKey offerer, IntegrityKey answerer) {
    this.offerer = offerer;
    this.answerer = answerer;
  }

  /** From what the two sides prove themselves with; both arrays are 32 random octets. */
  public static ProofKeys of(Octets offerer, Octets answerer) {
    return new ProofKeys(IntegrityKey.of(offerer), IntegrityKey.of(answerer));
  }

  /** From the keys of a handshake, as the side {@code own} holds them; wipes those it takes. */
  public static ProofKeys of(Role own, SessionKeys keys) {
    IntegrityKey sending = taken(keys.sending().checks());
    IntegrityKey receiving = taken(keys.receiving().checks());
    return own == Role.OFFERER
        ? new ProofKeys(sending, receiving)
        : new ProofKeys(receiving, sending);
  }

  /** The key of all that {@code sender} says. */
  IntegrityKey of(Role sender) {
    return sender == Role.OFFERER ? offerer : answerer;
  }

  /** The session is over: its proofs prove nothing any more. Safe from any thread. */
  public void wipe() {
    offerer.wipe();
    answerer.wipe();
  }

  /** Keys stay out of logs. */
  @Override
  public String toString() {
    return "ProofKeys";
  }

  private static IntegrityKey taken(Secret secret) {
    try (secret) {
      return IntegrityKey.takeOver(secret.toByteArray());
    }
  }
}
