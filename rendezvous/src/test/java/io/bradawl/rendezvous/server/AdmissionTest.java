package io.bradawl.rendezvous.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.realm.AccessKey;
import io.bradawl.protocol.realm.NameClaim;
import io.bradawl.protocol.realm.Realm;
import io.bradawl.protocol.signal.Registrant;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.rendezvous.admission.Limits;
import io.bradawl.rendezvous.admission.Quotas;
import io.bradawl.rendezvous.admission.RealmFile;
import io.bradawl.rendezvous.stun.StunSettings;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.bradawl.rendezvous.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in as whom. */
@Timeout(60)
class AdmissionTest {

  private static final Service H2 = new Service(Transport.TCP, 9092);
  private static final PeerName DB = new PeerName("db");
  private static final Realm OTHER_REALM = TestPeer.realm(101);

  private RendezvousServer server;

  @TempDir private Path directory;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void idSquattingNobodyRegistersUnderAnothersId() throws Exception {
    start(Quotas.DEFAULT);
    try (TestPeer db = peer(1, "db");
        TestPeer mallory = peer(2, "mallory")) {
      db.register(H2);
      Signal.Register stolen =
          new Signal.Register(
              new PeerInstance(db.self.id(), 99),
              TestPeer.REALM.accessKey(),
              db.registrant.claim(),
              Set.of(H2));
      assertRejected(
          mallory.register(stolen), Reason.NOT_ALLOWED, "does not hold the key of " + db.self.id());
      mallory.awaitClosed();
    }
  }

  @Test
  void idSquattingNobodyGetsTheOffersForAnother() throws Exception {
    start(Quotas.DEFAULT);
    try (TestPeer db = peer(1, "db");
        TestPeer mallory = peer(2, "mallory");
        TestPeer web = peer(3, "web")) {
      db.register(H2);
      Signal.Register stolen =
          new Signal.Register(
              new PeerInstance(db.self.id(), 99),
              TestPeer.REALM.accessKey(),
              db.registrant.claim(),
              Set.of(H2));
      mallory.register(stolen);
      web.register();
      Signal.Offer offer =
          new Signal.Offer(new SessionId(1, 2), web.self, db.self.id(), H2, Octets.of());
      web.tell(offer);
      assertThat(db.hear()).isEqualTo(offer);
    }
  }

  @Test
  void twoProcessesOfOnePeerBothProveAndAreBothThere() throws Exception {
    start(Quotas.DEFAULT);
    Registrant db = TestPeer.registrant(1, TestPeer.REALM, "db");
    Registrant replica =
        new Registrant(new PeerInstance(db.self().id(), 77), db.keys(), db.realm(), db.name());
    try (TestPeer first = new TestPeer(address(), db);
        TestPeer second = new TestPeer(address(), replica)) {
      assertThat(first.register(H2)).isInstanceOf(Signal.Registered.class);
      assertThat(second.register(H2)).isInstanceOf(Signal.Registered.class);
      assertThat(first.register()).as("still there").isInstanceOf(Signal.Registered.class);
    }
  }

  @Test
  void aRealmIsNotEnteredByWhoeverKnowsItsAccessKey() throws Exception {
    start(Quotas.DEFAULT);
    try (TestPeer mallory = new TestPeer(address(), TestPeer.registrant(2, null, null))) {
      Signal.Register lie =
          new Signal.Register(mallory.self, TestPeer.REALM.accessKey(), null, Set.of());
      assertRejected(mallory.register(lie), Reason.NOT_ALLOWED, "or not the secret of realm");
    }
  }

  @Test
  void nameSquattingANameOfOneRealmIsNothingInAnother() throws Exception {
    start(Quotas.DEFAULT);
    try (TestPeer web = peer(1, "web");
        TestPeer squatter = new TestPeer(address(), TestPeer.registrant(2, OTHER_REALM, "db"))) {
      assertThat(squatter.register(H2)).isInstanceOf(Signal.Registered.class);
      web.register();
      assertRejected(web.ask(new Signal.Lookup(DB)), Reason.UNKNOWN_PEER, "no peer db");
    }
  }

  @Test
  void nobodyHearsOfTheRealmAndTheNameOfAnotherRealmsPeer() throws Exception {
    start(Quotas.DEFAULT);
    try (TestPeer db = peer(1, "db");
        TestPeer stranger = new TestPeer(address(), TestPeer.registrant(2, OTHER_REALM, "web"))) {
      db.register();
      stranger.register();
      assertThat(stranger.ask(new Signal.Lookup(db.self.id())))
          .isEqualTo(new Signal.Found(db.self.id(), null, null));
    }
  }

  @Test
  void nameSquattingWithoutARealmIsRefused() throws Exception {
    start(Quotas.DEFAULT);
    try (TestPeer squatter = new TestPeer(address(), TestPeer.registrant(2, null, null))) {
      NameClaim claim = new NameClaim(DB, squatter.self.id(), Octets.of(new byte[32]));
      assertRejected(
          squatter.register(new Signal.Register(squatter.self, null, claim, Set.of())),
          Reason.NOT_ALLOWED,
          "the name db needs a realm");
    }
  }

  @Test
  void aProofServesOnce() throws Exception {
    start(Quotas.DEFAULT);
    try (TestPeer web = peer(1, "web");
        TestPeer eavesdropper = peer(1, "web")) {
      Signal.Register statement = web.registrant.register(Set.of());
      Signal.Challenged challenged = (Signal.Challenged) web.ask(statement);
      Signal.Register proven =
          statement.proven(web.registrant.prove(statement, challenged.challenge()));
      assertThat(web.ask(proven)).isInstanceOf(Signal.Registered.class);

      eavesdropper.ask(statement);
      assertRejected(eavesdropper.ask(proven), Reason.NOT_ALLOWED, "does not hold the key");
    }
  }

  @Test
  void aProofWithoutChallengeProvesNothing() throws Exception {
    start(Quotas.DEFAULT);
    try (TestPeer web = peer(1, "web")) {
      Signal.Register statement = web.registrant.register(Set.of());
      assertRejected(
          web.ask(statement.proven(Octets.of(new byte[32]))),
          Reason.NOT_PROVEN,
          "answers no challenge");
    }
  }

  @Test
  void nothingIsAnsweredBeforeTheProof() throws Exception {
    start(Quotas.DEFAULT);
    try (TestPeer web = peer(1, "web")) {
      assertRejected(web.ask(new Signal.Lookup(DB)), Reason.NOT_PROVEN, "register first");
      web.ask(web.registrant.register(Set.of()));
      assertRejected(web.ask(new Signal.Lookup(DB)), Reason.NOT_PROVEN, "register first");
    }
  }

  @Test
  void aConnectionStaysInItsRealm() throws Exception {
    start(Quotas.DEFAULT);
    try (TestPeer web = peer(1, "web")) {
      web.register();
      AccessKey other = OTHER_REALM.accessKey();
      assertRejected(
          web.ask(new Signal.Register(web.self, other, null, Set.of())),
          Reason.NOT_ALLOWED,
          "this connection is registered as");
    }
  }

  @Test
  void onlyListedRealmsAreServed() throws Exception {
    Path file = list(TestPeer.REALM);
    start(file);
    try (TestPeer member = peer(1, "web");
        TestPeer stranger = new TestPeer(address(), TestPeer.registrant(2, OTHER_REALM, "web"));
        TestPeer loner = new TestPeer(address(), TestPeer.registrant(3, null, null))) {
      assertThat(member.register()).isInstanceOf(Signal.Registered.class);
      assertRejected(
          stranger.register(),
          Reason.NOT_ALLOWED,
          "realm " + OTHER_REALM.accessKey().shortId() + " is not served here");
      assertRejected(loner.register(), Reason.NOT_ALLOWED, "only members of listed realms");
    }
  }

  @Test
  void aRealmThatIsTakenOffTheListIsDisconnectedAndItsOthersStay() throws Exception {
    Path file = list(TestPeer.REALM, OTHER_REALM);
    start(file);
    try (TestPeer stays = peer(1, "web");
        TestPeer goes = new TestPeer(address(), TestPeer.registrant(2, OTHER_REALM, "web"))) {
      stays.register();
      assertThat(goes.register()).isInstanceOf(Signal.Registered.class);
      // At once, or the server might read it while it is empty.
      TestCertificate.replace(file, (TestPeer.REALM.accessKey() + "\n").getBytes(US_ASCII));
      goes.awaitClosed();
      assertThat(stays.register(H2)).isInstanceOf(Signal.Registered.class);
    }
  }

  @Test
  void tooManyProcessesOfOnePeerAreRefused() throws Exception {
    start(new Quotas(100, 100, 1, 100));
    Registrant db = TestPeer.registrant(1, TestPeer.REALM, "db");
    Registrant replica =
        new Registrant(new PeerInstance(db.self().id(), 77), db.keys(), db.realm(), db.name());
    try (TestPeer first = new TestPeer(address(), db);
        TestPeer second = new TestPeer(address(), replica);
        TestPeer again = new TestPeer(address(), db)) {
      first.register();
      assertRejected(second.register(), Reason.QUOTA, "1 processes already");
      assertThat(again.register()).as("replaces itself").isInstanceOf(Signal.Registered.class);
    }
  }

  @Test
  void tooManyJoinsFromOneSourceAreRefused() throws Exception {
    start(new Quotas(100, 1, 64, 100));
    Signal last = null;
    // More than the 10 at once, since the quota grows while a slow machine registers them.
    for (int seed = 1; seed <= 100 && !(last instanceof Signal.Rejected); seed++) {
      try (TestPeer peer = peer(seed, null)) {
        last = peer.register();
      }
    }
    assertRejected(last, Reason.QUOTA, "too many come from 127.0.0.1 at once");
  }

  @Test
  void tooManyConnectionsFromOneSourceAreTurnedAwayUntilOneEnds() throws Exception {
    start(new Quotas(2, 100, 64, 100));
    try (TestPeer one = peer(1, null)) {
      one.register();
      try (TestPeer two = peer(2, null)) {
        two.register();
        try (TestPeer three = peer(3, null)) {
          three.awaitClosed();
        }
      }
      while (server.connections() > 1) {
        Thread.onSpinWait();
      }
      try (TestPeer four = peer(4, null)) {
        assertThat(four.register()).isInstanceOf(Signal.Registered.class);
      }
    }
  }

  @Test
  void tooManyOffersAreRefused() throws Exception {
    start(new Quotas(100, 100, 64, 1));
    try (TestPeer web = peer(1, "web")) {
      web.register();
      Reason last = Reason.UNKNOWN_PEER;
      // More than the 10 at once, since the quota grows while a slow machine refuses them.
      for (int i = 0; i < 100 && last == Reason.UNKNOWN_PEER; i++) {
        web.tell(new Signal.Offer(new SessionId(1, i), web.self, DB, H2, Octets.of()));
        last = ((Signal.Refusal) web.hear()).reason();
      }
      assertThat(last).isEqualTo(Reason.QUOTA);
    }
  }

  private void start(Quotas quotas) throws IOException {
    Limits limits = new Limits(1000, Duration.ofSeconds(10), Duration.ofSeconds(60), 100, quotas);
    server = RendezvousServer.start(List.of(any()), limits);
  }

  private void start(Path realms) throws IOException {
    server =
        RendezvousServer.start(
            new ServerSettings(
                List.of(any()),
                StunSettings.PLAIN,
                null,
                Limits.DEFAULT,
                null,
                new RealmFile(realms),
                null),
            Telemetry.unseen());
  }

  private Path list(Realm... realms) throws IOException {
    StringBuilder text = new StringBuilder("# who is served\n");
    for (Realm realm : realms) {
      text.append(realm.accessKey()).append(" # a realm\n");
    }
    return Files.writeString(directory.resolve("realms"), text);
  }

  private TestPeer peer(int seed, String name) throws IOException {
    return new TestPeer(address(), seed, name);
  }

  private InetSocketAddress address() {
    return server.addresses().get(0);
  }

  private static InetSocketAddress any() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static void assertRejected(Signal answer, Reason reason, String text) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            Signal.Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(reason);
              assertThat(rejected.text()).contains(text);
            });
  }
}
