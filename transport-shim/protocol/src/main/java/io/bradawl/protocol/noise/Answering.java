package io.bradawl.protocol.noise;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.crypto.X25519KeyPair;
import io.bradawl.protocol.noise.NoiseException.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The answerer's side: {@link #open} an offer, decide on it, and {@link #seal} the answer.
 *
 * <p>That an offer opens shows who made it, not when: a rendezvous can deliver it again (to this
 * process: see {@link OfferHistory}; to a later one with the same key). Nothing comes of it but an
 * answer, since whoever replays it cannot compute the session keys; and nothing may reach the
 * application before something was proven under those.
 */
public final class Answering implements AutoCloseable {

  private final Header header;
  private final HandshakeState handshake;
  private final Octets payload;

  private Answering(Header header, HandshakeState handshake, Octets payload) {
    this.header = header;
    this.handshake = handshake;
    this.payload = payload;
  }

  /**
   * Opens an offer.
   *
   * @param self this peer's identity, {@code context.answerer()}
   * @param ephemeral made from fresh random octets for this call; taken over
   * @param realmPsk of this peer's realm, {@code null} if it has none
   * @throws NoiseException if the offer was not made by {@code context.offerer()} for this session,
   *     service and peer
   */
  public static Answering open(
      SessionContext context,
      X25519KeyPair self,
      X25519KeyPair ephemeral,
      @Nullable Secret realmPsk,
      Octets offer)
      throws NoiseException {
    Offering.requireIdentity(self, context.answerer().key());
    try {
      Offering.requireBounded(offer);
      Header header = Header.decode(offer);
      Secret psk = psk(header.membership(), realmPsk);
      HandshakeState handshake =
          HandshakeState.responder(context.prologue(header), self, ephemeral, psk);
      return new Answering(header, handshake, read(handshake, context, offer));
    } catch (NoiseException e) {
      ephemeral.close();
      throw e;
    }
  }

  private static Octets read(HandshakeState handshake, SessionContext context, Octets offer)
      throws NoiseException {
    try {
      byte[] payload = handshake.readMessage(Header.body(offer));
      if (!handshake.remoteStatic().equals(context.offerer().key())) {
        throw new NoiseException(
            Failure.WRONG_PEER, "offer claims to be of " + context.offerer() + ", but is not");
      }
      return Octets.of(payload);
    } catch (NoiseException e) {
      handshake.close();
      throw e;
    }
  }

  private static Secret psk(Membership membership, @Nullable Secret realmPsk)
      throws NoiseException {
    if (membership == Membership.REALM && realmPsk == null) {
      throw new NoiseException(
          Failure.UNSUPPORTED, "offer is of a realm, and this peer is in none");
    }
    return Offering.pskOrZeros(membership == Membership.REALM ? realmPsk : null);
  }

  public Octets payload() {
    return payload;
  }

  /** What the offerer claims to be; see {@link Membership#REALM} for when it is proven. */
  public Membership membership() {
    return header.membership();
  }

  /**
   * Seals the answer; once.
   *
   * @param answerPayload 0 to {@value Offering#MAX_PAYLOAD} octets
   * @return what to send as the answer, and the session keys
   */
  public Agreement seal(Octets answerPayload) throws NoiseException {
    Offering.requireLength(answerPayload);
    try (handshake) {
      Octets message = header.before(handshake.writeMessage(answerPayload.toByteArray()));
      return new Agreement(message, SessionKeys.of(handshake));
    }
  }

  /** Refuses the offer: wipes what an answer would have needed. */
  @Override
  public void close() {
    handshake.close();
  }
}
