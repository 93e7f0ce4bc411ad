package io.bradawl.protocol.stun.credential;

import io.bradawl.protocol.stun.Nonce;
import io.bradawl.protocol.stun.PasswordAlgorithm;
import io.bradawl.protocol.stun.PasswordAlgorithms;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunRealm;
import org.jspecify.annotations.Nullable;

/**
 * What a server wants to see in requests, from its refusal or handed out beforehand.
 *
 * @param offered the password algorithms among which the server lets choose; {@code null} if it is
 *     one of RFC 5389 and knows MD5 only
 */
public record Challenge(StunRealm realm, Nonce nonce, @Nullable PasswordAlgorithms offered) {

  /** Octets of the algorithms; the two that there are take 8. */
  private static final int MAX_OFFER = 256;

  /**
   * The challenge of a refusal; {@code null} if it holds none, if somebody changed it on its way
   * (RFC 8489 section 9.2.5), or if what it offers is too long to be said again in each request.
   */
  static @Nullable Challenge of(StunMessage refusal) {
    StunRealm realm = refusal.first(StunRealm.class);
    Nonce nonce = refusal.first(Nonce.class);
    if (realm == null || nonce == null) {
      return null;
    }
    PasswordAlgorithms offered = refusal.first(PasswordAlgorithms.class);
    if (!SecurityFeatures.of(nonce.value()).passwordAlgorithms()) {
      return new Challenge(realm, nonce, null);
    }
    return offered == null || offered.valueLength() > MAX_OFFER
        ? null
        : new Challenge(realm, nonce, offered);
  }

  /** A challenge that a server has handed out beforehand; what it offers, its nonce tells. */
  public static Challenge handedOut(StunRealm realm, Nonce nonce) {
    boolean chooses = SecurityFeatures.of(nonce.value()).passwordAlgorithms();
    return new Challenge(realm, nonce, chooses ? LongTermVerifier.OFFERED : null);
  }

  boolean hidesUser() {
    return SecurityFeatures.of(nonce.value()).userAnonymity();
  }

  /** The first algorithm of the offer that is known here; {@code null} if there is none. */
  @Nullable PasswordAlgorithm choice() {
    if (offered == null) {
      return PasswordAlgorithm.MD5;
    }
    return offered.algorithms().stream()
        .filter(LongTermVerifier.OFFERED.algorithms()::contains)
        .findFirst()
        .orElse(null);
  }
}
