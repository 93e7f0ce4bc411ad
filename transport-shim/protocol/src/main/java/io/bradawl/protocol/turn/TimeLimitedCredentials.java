package io.bradawl.protocol.turn;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.stun.IntegrityKey;
import io.bradawl.protocol.stun.PasswordAlgorithm;
import io.bradawl.protocol.stun.credential.Accounts;
import io.bradawl.protocol.stun.credential.LongTermCredential;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Credentials that a server need not remember (the TURN REST convention, {@code
 * draft-uberti-behave-turn-rest-00} section 2.2): the user name says until when it is good, and the
 * password is a code over it under a secret that all servers share. coturn's {@code
 * static-auth-secret} is the same.
 */
public final class TimeLimitedCredentials implements Accounts {

  private static final String HMAC = "HmacSHA1";

  private final Secret secret;

  /**
   * @param secret stays the caller's; must live as long as this
   */
  public TimeLimitedCredentials(Secret secret) {
    this.secret = secret;
  }

  /**
   * Makes one.
   *
   * @param label whose it is
   * @param lifetime seconds
   * @param now seconds since 1970
   */
  public TimeLimitedCredential mint(String label, long lifetime, long now) {
    String username = now + lifetime + ":" + label;
    return new TimeLimitedCredential(username, password(username));
  }

  /** For whom a user name was made: what stands behind its time, or all of it. */
  public static String label(String username) {
    return endOf(username) < 0 ? username : username.substring(username.indexOf(':') + 1);
  }

  @Override
  public @Nullable IntegrityKey key(
      String username, String realm, PasswordAlgorithm algorithm, long now) {
    return endOf(username) > now
        ? new LongTermCredential(username, password(username)).key(realm, algorithm)
        : null;
  }

  /** Seconds since 1970; -1 if the name is not of the form. */
  private static long endOf(String username) {
    int colon = username.indexOf(':');
    String digits = colon < 0 ? "" : username.substring(0, colon);
    boolean number = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return number && digits.length() <= 12 ? Long.parseLong(digits) : -1;
  }

  private String password(String username) {
    byte[] key = secret.toByteArray();
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(HMAC + " is part of every JDK", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
