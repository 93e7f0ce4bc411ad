package io.bradawl.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.access.AccessPolicy;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.realm.Realm;
import io.bradawl.protocol.signal.Security;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.runtime.loop.ManualLoop;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who reaches an application, and what those who do not are told. */
class AccessTest {

  private static final Service H2 = new Service(Transport.TCP, 9092);
  private static final PathEnd END =
      new PathEnd(
          40000,
          Security.ENCRYPTED,
          List.of(
              new Candidate(
                  Candidate.Kind.HOST,
                  new TransportAddress(InetAddress.getLoopbackAddress(), 40000))));

  private final ManualLoop loop = new ManualLoop();
  private final SessionPeer web = new SessionPeer(loop, "web", Map.of());

  @Test
  void whoIsNotAllowedIsToldSoAtOnceAndReachesNothing() {
    SessionPeer db = dbThatAllows(AccessPolicy.NOBODY, Map.of());
    ask(db);
    assertThat(db.offers).isEmpty();
    assertThat(db.lastRefusal()).isEqualTo(Reason.NOT_ALLOWED);
    db.deliverTo(web);
    assertThat(web.failures).containsExactly("NOT_ALLOWED: db does not allow this peer");
    assertThat(loop.waiting()).isZero();
  }

  @Test
  void aPeerIsAllowedByItsId() {
    SessionPeer db = dbThatAllows(AccessPolicy.NOBODY.with(web.id()), Map.of());
    ask(db);
    assertThat(db.offers).hasSize(1);
  }

  @Test
  void aPeerIsAllowedByItsAlias() {
    PeerName shop = new PeerName("shop");
    SessionPeer db = dbThatAllows(AccessPolicy.NOBODY.with(shop), Map.of(shop, web.id()));
    ask(db);
    assertThat(db.offers).hasSize(1);
  }

  @Test
  void nobodyIsAllowedByAnAliasOfSomebodyElse() {
    PeerName name = new PeerName("web");
    SessionPeer other = new SessionPeer(loop, "other", Map.of());
    SessionPeer db = dbThatAllows(AccessPolicy.NOBODY.with(name), Map.of(name, other.id()));
    ask(db);
    assertThat(db.offers).isEmpty();
  }

  @Test
  void aMemberIsAllowedAsSuch() {
    SessionPeer db = dbThatAllows(AccessPolicy.REALM, Map.of());
    ask(db);
    assertThat(db.offers).hasSize(1);
  }

  @Test
  void whoIsInNoRealmIsNotAllowedAsAMember() {
    SessionPeer db = dbThatAllows(AccessPolicy.REALM, Map.of());
    assertThat(refused(stranger(db, null), db)).isTrue();
  }

  @Test
  void aPeerIsAllowedByTheNameThatItProves() {
    SessionPeer db = dbThatAllows(AccessPolicy.NOBODY.with(new PeerName("web")), Map.of());
    ask(db);
    assertThat(db.offers).hasSize(1);
  }

  @Test
  void nobodyIsAllowedByANameOfAnotherRealm() {
    SessionPeer db = dbThatAllows(AccessPolicy.NOBODY.with(new PeerName("web")), Map.of());
    Realm other = Realm.of(Secret.copyOf(new byte[] {1}));
    assertThat(refused(stranger(db, other), db)).isTrue();
  }

  /** Calls itself web and knows db by its id. */
  private SessionPeer stranger(SessionPeer db, @Nullable Realm realm) {
    return new SessionPeer(loop, "web", Map.of(new PeerName("db"), db.id()), realm);
  }

  private static boolean refused(SessionPeer asking, SessionPeer db) {
    asking.offers("db", H2, END);
    asking.deliverTo(db);
    return db.offers.isEmpty() && db.lastRefusal() == Reason.NOT_ALLOWED;
  }

  private SessionPeer dbThatAllows(AccessPolicy allow, Map<PeerName, PeerId> aliases) {
    SessionPeer db = new SessionPeer(loop, "db", aliases, allow);
    web.signalling.knows("db", db.id());
    db.exposes(H2);
    return db;
  }

  private void ask(SessionPeer db) {
    web.offers("db", H2, END);
    web.deliverTo(db);
  }
}
