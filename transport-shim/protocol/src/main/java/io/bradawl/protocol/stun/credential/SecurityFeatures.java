package io.bradawl.protocol.stun.credential;

import java.util.Base64;

/**
 * What the first characters of a nonce say about the server (RFC 8489 sections 9.2 and 18.1). They
 * come back with the nonce, so whoever takes something away from an offer on its way is found out.
 *
 * <p>The text of the RFC counts the bits from the left; its test vector and verified erratum 6290
 * count them from the right, and so is it here.
 *
 * @param passwordAlgorithms the server chooses among password algorithms
 * @param userAnonymity the server knows USERHASH
 */
public record SecurityFeatures(boolean passwordAlgorithms, boolean userAnonymity) {

  public static final SecurityFeatures NONE = new SecurityFeatures(false, false);

  private static final String COOKIE = "obMatJos2";
  private static final int BITS = 4;
  private static final int PASSWORD_ALGORITHMS = 1;
  private static final int USER_ANONYMITY = 2;

  /** Characters of {@link #cookie()}. */
  static final int COOKIE_LENGTH = COOKIE.length() + BITS;

  /** What {@code nonce} begins with. */
  static SecurityFeatures of(String nonce) {
    if (!nonce.startsWith(COOKIE) || nonce.length() < COOKIE_LENGTH) {
      return NONE;
    }
    try {
      byte[] bits = Base64.getDecoder().decode(nonce.substring(COOKIE.length(), COOKIE_LENGTH));
      return bits.length < 3
          ? NONE
          : new SecurityFeatures(
              (bits[2] & PASSWORD_ALGORITHMS) != 0, (bits[2] & USER_ANONYMITY) != 0);
    } catch (IllegalArgumentException e) {
      return NONE;
    }
  }

  /** What a nonce of this server begins with. */
  String cookie() {
    int bits =
        (passwordAlgorithms ? PASSWORD_ALGORITHMS : 0) | (userAnonymity ? USER_ANONYMITY : 0);
    return COOKIE + Base64.getEncoder().encodeToString(new byte[] {0, 0, (byte) bits});
  }
}
