package io.bradawl.protocol.stun.credential;

import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.Integrity;
import io.bradawl.protocol.stun.IntegrityAlgorithm;
import io.bradawl.protocol.stun.PasswordAlgorithm;
import io.bradawl.protocol.stun.PasswordAlgorithms;
import io.bradawl.protocol.stun.StunAttribute;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of RFC 8489 sections 9.2.3 and 9.2.5, towards one server. Each request goes
 * through {@link #prepare}, and each response through {@link #judge} together with the request that
 * it answers; of a retransmission the same {@link PreparedRequest} is sent once more.
 */
public final class LongTermClient {

  /** What to do with a response. */
  public enum Answer {
    /** It is the server's: use it, be it success or error. */
    GENUINE,
    /** The server wants other credentials: prepare the request anew, with a new transaction id. */
    RETRY,
    /** An error that nobody has proved, and that asks for nothing: the request has failed. */
    REFUSED,
    /** It is of somebody else: wait on. */
    FORGED
  }

  private final LongTermCredential credential;
  private @Nullable Challenge challenge;

  /** Without a challenge the first request goes without credentials, and asks for one. */
  public LongTermClient(LongTermCredential credential, @Nullable Challenge challenge) {
    this.credential = credential;
    this.challenge = challenge;
  }

  /** The same challenge, answered with another credential. */
  public LongTermClient with(LongTermCredential other) {
    return new LongTermClient(other, challenge);
  }

  /** The request with what the server wants to see in it, as far as that is known. */
  public PreparedRequest prepare(StunMessage request) {
    Challenge known = challenge;
    PasswordAlgorithm algorithm = known == null ? null : known.choice();
    if (known == null || algorithm == null) {
      return new PreparedRequest(request, null, null);
    }
    List<StunAttribute> proof = new ArrayList<>();
    String realm = known.realm().name();
    proof.add(known.hidesUser() ? credential.hash(realm) : credential.username());
    proof.add(known.realm());
    proof.add(known.nonce());
    PasswordAlgorithms offered = known.offered();
    if (offered != null) {
      proof.add(algorithm);
      proof.add(offered);
    }
    IntegrityAlgorithm code = offered == null ? IntegrityAlgorithm.SHA1 : IntegrityAlgorithm.SHA256;
    return new PreparedRequest(
        request.plus(proof.toArray(StunAttribute[]::new)),
        new Integrity(code, credential.key(realm, algorithm)),
        known);
  }

  /**
   * What to make of {@code response}, whose method and transaction id are those of {@code request}.
   * May be asked once for each response. How often a request is tried again is the caller's to
   * limit: a server may find every nonce stale.
   */
  public Answer judge(PreparedRequest request, StunMessage response) {
    Integrity integrity = request.integrity();
    if (integrity != null && integrity.proves(response)) {
      return isStale(response) && learn(request, response) ? Answer.RETRY : Answer.GENUINE;
    }
    if (response.messageClass() != StunClass.ERROR) {
      return integrity == null ? Answer.GENUINE : Answer.FORGED;
    }
    return learn(request, response) ? Answer.RETRY : Answer.REFUSED;
  }

  private boolean learn(PreparedRequest request, StunMessage response) {
    Challenge fresh = Challenge.of(response);
    boolean asks = isStale(response) || code(response) == ErrorCode.UNAUTHENTICATED;
    if (!asks || fresh == null || fresh.choice() == null || isSettled(request, fresh, response)) {
      return false;
    }
    challenge = fresh;
    return true;
  }

  /** The server has seen the credentials for this realm already, and does not like them. */
  private static boolean isSettled(PreparedRequest request, Challenge fresh, StunMessage response) {
    Challenge tried = request.challenge();
    return tried != null
        && !isStale(response)
        && tried.realm().equals(fresh.realm())
        && Objects.equals(tried.offered(), fresh.offered());
  }

  private static boolean isStale(StunMessage response) {
    return code(response) == ErrorCode.STALE_NONCE;
  }

  private static int code(StunMessage response) {
    ErrorCode code = response.first(ErrorCode.class);
    return code == null ? 0 : code.code();
  }
}
