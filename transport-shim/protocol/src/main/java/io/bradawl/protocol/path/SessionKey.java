package io.bradawl.protocol.path;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.stun.IntegrityKey;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What only the two peers of a session know: HMAC-SHA256 over a fixed label, keyed with both
 * nonces. From it comes one proof key per direction, so that a peer's own proof, sent back to it,
 * proves nothing.
 */
public final class SessionKey {

  private static final String ALGORITHM = "HmacSHA256";
  private static final String LABEL = "bradawl session";
  private static final String PROOF_LABEL = "bradawl proof ";

  private final IntegrityKey offererProofs;
  private final IntegrityKey answererProofs;

  private SessionKey(byte[] key) {
    offererProofs = proofKey(key, Role.OFFERER);
    answererProofs = proofKey(key, Role.ANSWERER);
  }

  /** Both nonces as they stand in offer and answer ({@code PathDescription.nonce}). */
  public static SessionKey of(Octets offererNonce, Octets answererNonce) {
    byte[] nonces = new byte[offererNonce.length() + answererNonce.length()];
    offererNonce.asByteBuffer().get(nonces, 0, offererNonce.length());
    answererNonce.asByteBuffer().get(nonces, offererNonce.length(), answererNonce.length());
    return new SessionKey(hmac(nonces, LABEL));
  }

  /** The key of MESSAGE-INTEGRITY-SHA256 in all that {@code sender} says. */
  IntegrityKey proofsOf(Role sender) {
    return sender == Role.OFFERER ? offererProofs : answererProofs;
  }

  /** Keys stay out of logs. */
  @Override
  public String toString() {
    return "SessionKey";
  }

  private static IntegrityKey proofKey(byte[] key, Role sender) {
    return IntegrityKey.of(Octets.of(hmac(key, PROOF_LABEL + sender.letter())));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text.getBytes(US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is part of every Java platform", e);
    }
  }
}
