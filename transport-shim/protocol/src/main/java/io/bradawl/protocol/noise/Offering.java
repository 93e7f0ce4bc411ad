package io.bradawl.protocol.noise;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.crypto.X25519KeyPair;
import io.bradawl.protocol.noise.NoiseException.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The offerer's side: an offer that only the answerer can read, then {@link #accept} of its answer.
 * One instance per session; {@link #accept} may be tried with one answer only, because a state that
 * has read rubbish is spent. Whoever lets the first forged answer end a session gives the
 * rendezvous no more than it has: it may as well deliver none.
 */
public final class Offering implements AutoCloseable {

  /** Octets of payload in an offer or answer, at most. */
  public static final int MAX_PAYLOAD = 8192;

  /** Octets of a sealed offer or answer, at most. */
  public static final int MAX_MESSAGE =
      Header.LENGTH + 2 * X25519KeyPair.LENGTH + 2 * CipherState.OVERHEAD + MAX_PAYLOAD;

  private final Header header;
  private final HandshakeState handshake;
  private final Octets message;

  private Offering(Header header, HandshakeState handshake, Octets message) {
    this.header = header;
    this.handshake = handshake;
    this.message = message;
  }

  /**
   * Seals an offer.
   *
   * @param self this peer's identity, {@code context.offerer()}
   * @param ephemeral made from fresh random octets for this call; taken over
   * @param realmPsk of the realm that both peers are thought to share; {@code null} to go by peer
   *     ids alone
   * @param payload 0 to {@value #MAX_PAYLOAD} octets
   * @throws NoiseException {@code MALFORMED} if the answerer's id is not a key anybody could hold
   */
  public static Offering seal(
      SessionContext context,
      X25519KeyPair self,
      X25519KeyPair ephemeral,
      @Nullable Secret realmPsk,
      Octets payload)
      throws NoiseException {
    requireIdentity(self, context.offerer().key());
    requireLength(payload);
    Header header =
        new Header(
            Suite.NOISE_IKPSK2_25519_AESGCM_SHA256,
            realmPsk == null ? Membership.NONE : Membership.REALM);
    HandshakeState handshake =
        HandshakeState.initiator(
            context.prologue(header),
            self,
            ephemeral,
            context.answerer().key(),
            pskOrZeros(realmPsk));
    try {
      Octets message = header.before(handshake.writeMessage(payload.toByteArray()));
      return new Offering(header, handshake, message);
    } catch (NoiseException e) {
      handshake.close();
      throw e;
    }
  }

  /** What to send as the offer. */
  public Octets message() {
    return message;
  }

  /**
   * Opens the answer: only the peer that the offer was for (and, with a realm, a member) can have
   * made it.
   *
   * @return its payload, and the session keys
   */
  public Agreement accept(Octets answer) throws NoiseException {
    try (handshake) {
      requireBounded(answer);
      if (!Header.decode(answer).equals(header)) {
        throw new NoiseException(
            Failure.UNSUPPORTED, "answer is sealed otherwise than the offer was");
      }
      byte[] payload = handshake.readMessage(Header.body(answer));
      return new Agreement(Octets.of(payload), SessionKeys.of(handshake));
    }
  }

  static void requireBounded(Octets message) throws NoiseException {
    if (message.length() > MAX_MESSAGE) {
      throw new NoiseException(
          Failure.MALFORMED,
          "sealed message of " + message.length() + " octets; at most " + MAX_MESSAGE);
    }
  }

  static void requireLength(Octets payload) {
    if (payload.length() > MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "payload of "
              + payload.length()
              + " octets; at most "
              + MAX_PAYLOAD
              + ": offer fewer candidates");
    }
  }

  static void requireIdentity(X25519KeyPair self, Octets expected) {
    if (!self.publicKey().equals(expected)) {
      throw new IllegalArgumentException(
          "this peer's key is " + self.publicKey() + ", the session is of " + expected);
    }
  }

  static Secret pskOrZeros(@Nullable Secret realmPsk) {
    return realmPsk == null ? Secret.zeros(X25519KeyPair.LENGTH) : realmPsk;
  }

  /** Gives the session up: wipes what an answer would have needed. */
  @Override
  public void close() {
    handshake.close();
  }
}
