package io.bradawl.runtime.session;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.noise.Agreement;
import io.bradawl.protocol.noise.Answering;
import io.bradawl.protocol.noise.Membership;
import io.bradawl.protocol.noise.NoiseException;
import io.bradawl.protocol.noise.OfferHistory;
import io.bradawl.protocol.noise.Offering;
import io.bradawl.protocol.noise.SessionContext;
import io.bradawl.protocol.noise.SessionKeys;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.ProofKeys;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.realm.NameClaim;
import io.bradawl.protocol.realm.Realm;
import io.bradawl.protocol.signal.PathDescription;
import io.bradawl.protocol.signal.PathDescriptionCodec;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.runtime.identity.Identity;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Seals path descriptions into offers and answers, and makes sessions of what was agreed. */
final class SessionSeal {

  /** Offers that are remembered so that none is answered twice. */
  private static final int REMEMBERED_OFFERS = 4096;

  private final Identity identity;
  private final @Nullable Realm realm;
  private final SecureRandom random;
  private final OfferHistory history = new OfferHistory(REMEMBERED_OFFERS);

  /**
   * @param realm lent; {@code null} without
   */
  SessionSeal(Identity identity, @Nullable Realm realm, SecureRandom random) {
    this.identity = identity;
    this.realm = realm;
    this.random = random;
  }

  /**
   * Seals an offer.
   *
   * @param membership {@code REALM} only with a realm
   */
  Offering offer(SessionContext context, PathDescription mine, Membership membership)
      throws NoiseException {
    return Offering.seal(
        context,
        identity.keys(),
        Identity.freshKeys(random),
        membership == Membership.REALM ? psk() : null,
        PathDescriptionCodec.encode(mine));
  }

  Answering open(SessionContext context, Octets offer) throws NoiseException {
    return Answering.open(context, identity.keys(), Identity.freshKeys(random), psk(), offer);
  }

  /** The name that the peer claims, if a member of our realm made that claim for its id. */
  @Nullable PeerName verifiedName(PathDescription theirs) {
    NameClaim claim = theirs.claim();
    return claim != null && realm != null && realm.verifies(claim) ? claim.name() : null;
  }

  private @Nullable Secret psk() {
    return realm == null ? null : realm.handshakePsk();
  }

  /** Whether an offer that opened is not one that was delivered before. */
  boolean isNew(SessionContext context) {
    return history.enter(context);
  }

  /** The offerer's view, from the answer on; it begins at once. */
  AgreedSession agreed(
      SessionId id, PathDescription mine, PeerInstance by, Agreement agreement, long now)
      throws WireFormatException {
    try {
      PathDescription theirs = PathDescriptionCodec.decode(agreement.octets(), by.id());
      return session(id, Role.OFFERER, mine, by, theirs, agreement.keys(), now);
    } catch (WireFormatException e) {
      agreement.keys().close();
      throw e;
    }
  }

  /** The answerer's view; it begins when the answer is thought to arrive. */
  AgreedSession agreed(
      SessionId id,
      PathDescription mine,
      PeerInstance with,
      PathDescription theirs,
      SessionKeys keys,
      long now) {
    Duration delay = PathSession.punchDelay(mine.rendezvousRtt(), theirs.rendezvousRtt());
    return session(id, Role.ANSWERER, mine, with, theirs, keys, now + delay.toNanos());
  }

  private static AgreedSession session(
      SessionId id,
      Role role,
      PathDescription mine,
      PeerInstance with,
      PathDescription theirs,
      SessionKeys keys,
      long startAt) {
    PathSession path =
        new PathSession(
            id,
            role,
            ProofKeys.of(role, keys),
            mine.candidates(),
            theirs.candidates(),
            startAt,
            startAt + PathSession.PATIENCE.toNanos(),
            mine.rendezvousRtt().plus(theirs.rendezvousRtt()));
    return new AgreedSession(
        with, theirs.port(), mine.security().stricter(theirs.security()), path, keys);
  }
}
