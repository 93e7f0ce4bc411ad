package io.bradawl.protocol.noise;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.crypto.X25519KeyPair;
import io.bradawl.protocol.noise.NoiseException.Failure;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One side of a handshake, Noise section 5.3, for the one pattern that is used here:
 *
 * <pre>
 * IKpsk2:
 *   &lt;- s
 *   ...
 *   -&gt; e, es, s, ss
 *   &lt;- e, ee, se, psk
 * </pre>
 *
 * <p>Pure: the ephemeral key is an argument. After an exception the state is of no further use. Own
 * static key and pre-shared key are borrowed, the ephemeral key is taken over and wiped by {@link
 * #close}.
 */
final class HandshakeState implements AutoCloseable {

  static final String PROTOCOL = "Noise_IKpsk2_25519_AESGCM_SHA256";

  /** Section 3. */
  static final int MAX_MESSAGE = 65_535;

  private enum Token {
    E,
    S,
    EE,
    ES,
    SE,
    SS,
    PSK
  }

  private static final List<List<Token>> MESSAGES =
      List.of(
          List.of(Token.E, Token.ES, Token.S, Token.SS),
          List.of(Token.E, Token.EE, Token.SE, Token.PSK));

  private final SymmetricState symmetric = new SymmetricState(PROTOCOL);
  private final boolean initiator;
  private final X25519KeyPair s;
  private final X25519KeyPair e;
  private final Secret psk;
  private @Nullable Octets rs;
  private @Nullable Octets re;
  private int next;

  private HandshakeState(
      boolean initiator,
      byte[] prologue,
      X25519KeyPair s,
      X25519KeyPair e,
      @Nullable Octets rs,
      Secret psk) {
    this.initiator = initiator;
    this.s = s;
    this.e = e;
    this.rs = rs;
    this.psk = psk;
    symmetric.mixHash(prologue);
    symmetric.mixHash((rs == null ? s.publicKey() : rs).toByteArray());
  }

  /** The side that knows the other's static key {@code rs} and speaks first. */
  static HandshakeState initiator(
      byte[] prologue, X25519KeyPair s, X25519KeyPair e, Octets rs, Secret psk) {
    return new HandshakeState(true, prologue, s, e, rs, psk);
  }

  /** The side that learns the other's static key from the first message. */
  static HandshakeState responder(byte[] prologue, X25519KeyPair s, X25519KeyPair e, Secret psk) {
    return new HandshakeState(false, prologue, s, e, null, psk);
  }

  boolean isInitiator() {
    return initiator;
  }

  /** {@code WriteMessage}. */
  byte[] writeMessage(byte[] payload) throws NoiseException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    for (Token token : turn(initiator)) {
      switch (token) {
        case E -> {
          message.writeBytes(e.publicKey().toByteArray());
          mixEphemeral(e.publicKey());
        }
        case S -> message.writeBytes(symmetric.encryptAndHash(s.publicKey().toByteArray()));
        default -> mix(token);
      }
    }
    message.writeBytes(symmetric.encryptAndHash(payload));
    return message.toByteArray();
  }

  /** {@code ReadMessage}: the payload. */
  byte[] readMessage(byte[] message) throws NoiseException {
    if (message.length > MAX_MESSAGE) {
      throw new NoiseException(
          Failure.MALFORMED,
          "Noise message of " + message.length + " octets; at most " + MAX_MESSAGE);
    }
    ByteBuffer rest = ByteBuffer.wrap(message);
    for (Token token : turn(!initiator)) {
      switch (token) {
        case E -> {
          re = Octets.of(take(rest, X25519KeyPair.LENGTH, "ephemeral key"));
          mixEphemeral(re);
        }
        case S -> {
          byte[] sealed = take(rest, X25519KeyPair.LENGTH + CipherState.OVERHEAD, "static key");
          rs = Octets.of(symmetric.decryptAndHash(sealed, "static key"));
        }
        default -> mix(token);
      }
    }
    return symmetric.decryptAndHash(take(rest, rest.remaining(), "payload"), "payload");
  }

  private List<Token> turn(boolean ofInitiator) {
    if (next >= MESSAGES.size() || ofInitiator != (next % 2 == 0)) {
      throw new IllegalStateException(
          "message " + (next + 1) + " of " + PROTOCOL + " is not this side's turn");
    }
    return MESSAGES.get(next++);
  }

  private void mix(Token token) throws NoiseException {
    switch (token) {
      case EE -> mixAgreement(e, re, "ephemeral key");
      case ES ->
          mixAgreement(
              initiator ? e : s, initiator ? rs : re, initiator ? "static key" : "ephemeral key");
      case SE ->
          mixAgreement(
              initiator ? s : e, initiator ? re : rs, initiator ? "ephemeral key" : "static key");
      case SS -> mixAgreement(s, rs, "static key");
      case PSK -> symmetric.mixKeyAndHash(psk);
      default -> throw new IllegalStateException(token + " is not mixed in");
    }
  }

  /**
   * Section 9.2: where there is a pre-shared key, ephemeral public keys go into the chaining key
   * too.
   */
  private void mixEphemeral(Octets key) {
    symmetric.mixHash(key.toByteArray());
    try (Secret material = Secret.takeOver(key.toByteArray())) {
      symmetric.mixKey(material);
    }
  }

  private void mixAgreement(X25519KeyPair own, @Nullable Octets theirs, String what)
      throws NoiseException {
    if (theirs == null) {
      throw new IllegalStateException(what + " of the other side is not known yet");
    }
    try (Secret shared = own.agree(theirs)) {
      symmetric.mixKey(shared);
    } catch (InvalidKeyException bad) {
      throw new NoiseException(
          Failure.MALFORMED, what + " of the other side: " + bad.getMessage(), bad);
    }
  }

  private static byte[] take(ByteBuffer rest, int length, String what) throws NoiseException {
    if (rest.remaining() < length) {
      throw new NoiseException(
          Failure.MALFORMED,
          "message ends at octet "
              + rest.limit()
              + " within the "
              + what
              + ", which ends at "
              + (rest.position() + length));
    }
    byte[] part = new byte[length];
    rest.get(part);
    return part;
  }

  /** The other side's static key; known to the responder once it has read the first message. */
  Octets remoteStatic() {
    if (rs == null) {
      throw new IllegalStateException("the other side's static key comes with the first message");
    }
    return rs;
  }

  /**
   * {@code Split}, after both messages: first the key of initiator to responder, then the other
   * way.
   */
  Secret[] split() {
    if (next < MESSAGES.size()) {
      throw new IllegalStateException(
          "only " + next + " of " + MESSAGES.size() + " messages are through");
    }
    return symmetric.split();
  }

  /** Binds whatever is derived later to this very handshake; the same on both sides, not secret. */
  Octets handshakeHash() {
    return symmetric.handshakeHash();
  }

  @Override
  public void close() {
    symmetric.close();
    e.close();
  }
}
