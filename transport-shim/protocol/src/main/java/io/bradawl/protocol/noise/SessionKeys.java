package io.bradawl.protocol.noise;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.crypto.Hkdf;
import io.bradawl.protocol.crypto.Secret;

/**
 * What the two peers of a session, and nobody else, hold after offer and answer. Each key serves
 * one purpose in one direction: from the two keys of Noise's {@code Split}, with the handshake hash
 * as salt, by HKDF.
 *
 * @param sending this side's keys: what it says is proven and sealed with them
 * @param receiving the other side's
 * @param handshakeHash names this handshake uniquely; the same on both sides, not secret
 */
public record SessionKeys(Direction sending, Direction receiving, Octets handshakeHash)
    implements AutoCloseable {

  /**
   * The keys of one direction, 32 octets each. Whoever builds a seal takes its key over, so none is
   * used twice.
   *
   * @param checks of MESSAGE-INTEGRITY-SHA256 in connectivity checks and proofs
   * @param datagrams of a {@code DatagramSealer} and its opener
   * @param stream of a {@code StreamSealer} and its opener
   */
  public record Direction(Secret checks, Secret datagrams, Secret stream) implements AutoCloseable {

    private static Direction of(Secret split, Octets handshakeHash) {
      try (split;
          Secret key = Hkdf.extract(handshakeHash.toByteArray(), split)) {
        return new Direction(
            Hkdf.expand(key, "bradawl checks", Hkdf.HASH_LENGTH),
            Hkdf.expand(key, "bradawl datagrams", Hkdf.HASH_LENGTH),
            Hkdf.expand(key, "bradawl stream", Hkdf.HASH_LENGTH));
      }
    }

    @Override
    public void close() {
      checks.close();
      datagrams.close();
      stream.close();
    }
  }

  /** The keys of a finished handshake, as its side {@code handshake} sees them. */
  static SessionKeys of(HandshakeState handshake) {
    Octets hash = handshake.handshakeHash();
    Secret[] split = handshake.split();
    Direction fromOfferer = Direction.of(split[0], hash);
    Direction fromAnswerer = Direction.of(split[1], hash);
    return handshake.isInitiator()
        ? new SessionKeys(fromOfferer, fromAnswerer, hash)
        : new SessionKeys(fromAnswerer, fromOfferer, hash);
  }

  /** Wipes all that has not been taken over. */
  @Override
  public void close() {
    sending.close();
    receiving.close();
  }
}
