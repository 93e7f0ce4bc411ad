package io.bradawl.protocol.stun.credential;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.Integrity;
import io.bradawl.protocol.stun.IntegrityAlgorithm;
import io.bradawl.protocol.stun.IntegrityKey;
import io.bradawl.protocol.stun.MessageIntegrity;
import io.bradawl.protocol.stun.MessageIntegritySha256;
import io.bradawl.protocol.stun.Nonce;
import io.bradawl.protocol.stun.PasswordAlgorithm;
import io.bradawl.protocol.stun.PasswordAlgorithms;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunRealm;
import io.bradawl.protocol.stun.UserHash;
import io.bradawl.protocol.stun.Username;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of RFC 8489 section 9.2.4, in the order of its checks. It holds no state: what
 * it thinks of a request follows from request, source, time and {@link Nonces}' secret.
 *
 * <p>Its refusals carry no reason phrase and nothing beside what a client needs, for the one of a
 * request without credentials is longer than the request, and its source unproven.
 */
public final class LongTermVerifier {

  /** Best first; MD5 is for clients of RFC 5389. */
  public static final PasswordAlgorithms OFFERED =
      new PasswordAlgorithms(List.of(PasswordAlgorithm.SHA_256, PasswordAlgorithm.MD5));

  private static final int NONCE_LIFETIME = 3600;

  private final StunRealm realm;
  private final Nonces nonces;
  private final Accounts accounts;

  /**
   * @param realm short, since every refusal carries it
   * @param secret from which the nonces' key is derived
   * @param userAnonymity whether to tell clients that {@link Accounts#named} finds everybody
   */
  public LongTermVerifier(
      StunRealm realm, Secret secret, Accounts accounts, boolean userAnonymity) {
    this.realm = realm;
    this.nonces = new Nonces(secret, new SecurityFeatures(true, userAnonymity), NONCE_LIFETIME);
    this.accounts = accounts;
  }

  public StunRealm realm() {
    return realm;
  }

  /**
   * A nonce to hand out beforehand, so that the first request needs no refusal.
   *
   * @param source where requests will come from; any port of it will do
   * @param now seconds since 1970
   */
  public Nonce nonce(TransportAddress source, long now) {
    return nonces.mint(source, now);
  }

  /**
   * Whether {@code request} is of somebody who is known.
   *
   * @param now seconds since 1970
   */
  public Verdict verify(StunMessage request, TransportAddress source, long now) {
    boolean sha256 = request.has(MessageIntegritySha256.class);
    if (!sha256 && !request.has(MessageIntegrity.class)) {
      return refused(request, ErrorCode.UNAUTHENTICATED, source, now);
    }
    Nonce nonce = request.first(Nonce.class);
    PasswordAlgorithm algorithm = algorithm(request);
    if (nonce == null || algorithm == null || !namesUserAndRealm(request)) {
      return new Verdict.Refused(request.error(new ErrorCode(ErrorCode.BAD_REQUEST, "")));
    }
    String user = user(request);
    IntegrityKey key = user == null ? null : accounts.key(user, realm.name(), algorithm, now);
    if (user == null || key == null || !integrity(sha256, key).proves(request)) {
      return refused(request, ErrorCode.UNAUTHENTICATED, source, now);
    }
    if (!nonces.accepts(nonce, source, now)) {
      return refused(request, ErrorCode.STALE_NONCE, source, now);
    }
    // A client that names no algorithm may know SHA-1 only.
    return new Verdict.Granted(user, integrity(request.has(PasswordAlgorithm.class), key));
  }

  private static Integrity integrity(boolean sha256, IntegrityKey key) {
    return new Integrity(sha256 ? IntegrityAlgorithm.SHA256 : IntegrityAlgorithm.SHA1, key);
  }

  private static boolean namesUserAndRealm(StunMessage request) {
    return request.has(StunRealm.class)
        && request.has(Username.class) != request.has(UserHash.class);
  }

  /** {@code null} if the client was offered something else than it says, or chose none of it. */
  private static @Nullable PasswordAlgorithm algorithm(StunMessage request) {
    PasswordAlgorithms offered = request.first(PasswordAlgorithms.class);
    PasswordAlgorithm chosen = request.first(PasswordAlgorithm.class);
    if (offered == null && chosen == null) {
      return PasswordAlgorithm.MD5;
    }
    boolean fits = chosen != null && OFFERED.equals(offered);
    return fits && OFFERED.algorithms().contains(chosen) ? chosen : null;
  }

  private @Nullable String user(StunMessage request) {
    Username username = request.first(Username.class);
    UserHash hash = request.first(UserHash.class);
    if (username != null) {
      return username.name();
    }
    return hash == null ? null : accounts.named(hash, realm.name());
  }

  private Verdict refused(StunMessage request, int code, TransportAddress source, long now) {
    return new Verdict.Refused(
        request.error(new ErrorCode(code, ""), realm, nonces.mint(source, now), OFFERED));
  }
}
