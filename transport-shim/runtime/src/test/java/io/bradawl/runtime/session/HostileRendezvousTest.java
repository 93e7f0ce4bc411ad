package io.bradawl.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.realm.NameClaim;
import io.bradawl.protocol.realm.Realm;
import io.bradawl.protocol.signal.Security;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.runtime.address.RendezvousResolver;
import io.bradawl.runtime.address.VirtualAddresses;
import io.bradawl.runtime.address.VirtualRange;
import io.bradawl.runtime.loop.ManualLoop;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rendezvous is whoever it likes: it makes up names, swaps keys, and alters, moves, repeats and
 * invents what it carries. It can keep peers apart and nothing else. After each lie it is honest
 * again, and the peers meet.
 */
class HostileRendezvousTest {

  private static final Service H2 = new Service(Transport.TCP, 9092);
  private static final Service SSH = new Service(Transport.TCP, 22);
  private static final PeerName DB = new PeerName("db");

  private final ManualLoop loop = new ManualLoop();
  private final Realm othersRealm = Realm.of(Secret.copyOf(new byte[] {1, 2, 3}));
  private final SessionPeer db = new SessionPeer(loop, "db", Map.of());
  private final SessionPeer web = new SessionPeer(loop, "web", Map.of());

  /** Runs the rendezvous: has seen every access key and claim, and no secret. */
  private final SessionPeer mallory = new SessionPeer(loop, "db", Map.of(), othersRealm);

  @BeforeEach
  void beHonest() {
    web.signalling.knows("db", db.id());
    db.exposes(H2);
    db.exposes(SSH);
    mallory.exposes(H2);
  }

  @AfterEach
  void theHonestPeersStillMeet() {
    web.signalling.knows("db", db.id());
    web.signalling.sent.clear();
    db.signalling.sent.clear();
    db.offers.clear();
    web.agreed.clear();
    web.offers("db", H2, end(40000));
    web.deliverTo(db);
    assertThat(db.offers.get(0).peer()).isEqualTo(new PeerName("web"));
    AgreedSession answered = db.answers(end(9092));
    db.deliverTo(web);
    assertSame(web.agreed.get(0), answered);
  }

  @Test
  void aNameWithoutClaimIsNotBelieved() {
    lie(new Signal.Found(mallory.id(), SessionPeer.REALM.accessKey(), null));
    assertNotFound("names a peer for db without its claim to that name");
  }

  @Test
  void aClaimThatNoMemberMadeIsNotBelieved() {
    lie(found(mallory.id(), othersRealm.claim(DB, mallory.id())));
    assertNotFound("presented a claim to the name db that no member of the realm made");
  }

  @Test
  void aClaimThatWasMadeForAnotherKeyIsNotBelieved() {
    Octets mac = SessionPeer.REALM.claim(DB, db.id()).mac();
    lie(found(mallory.id(), new NameClaim(DB, mallory.id(), mac)));
    assertNotFound("presented a claim to the name db that no member of the realm made");
  }

  @Test
  void aClaimToAnotherNameIsNotBelieved() {
    PeerName other = new PeerName("web");
    lie(found(web.id(), SessionPeer.REALM.claim(other, web.id())));
    assertNotFound("was asked for db and answered with the claim to web");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noBitOfAClaimCanBeFlipped(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      Octets mac = flipped(SessionPeer.REALM.claim(DB, db.id()).mac(), random);
      lie(found(db.id(), new NameClaim(DB, db.id(), mac)));
      assertNotFound("that no member of the realm made");
    }
  }

  @Test
  void anotherKeyForAnIdIsNotBelieved() {
    web.signalling.knows(db.id(), found(mallory.id(), null));
    assertThatThrownBy(() -> web.finder.ask(db.id()).join())
        .hasMessageContaining("was asked for " + db.id() + " and answered with " + mallory.id());
    web.signalling.knows(db.id(), found(db.id(), null));
  }

  @Test
  void whoeverIsSaidToBeOfNoRealmIsMetAsAStranger() {
    web.signalling.knows(db.id(), new Signal.Found(db.id(), null, null));
    web.offers(db.id().label(), H2, end(40000));
    web.deliverTo(db);
    assertThat(db.offers.get(0).peer()).as("name and membership untold").isEqualTo(web.id());
  }

  @Test
  void anOfferThatIsHandedToAnotherPeerCannotBeRead() {
    web.offers("db", H2, end(40000));
    web.deliverTo(mallory);
    assertThat(mallory.offers).isEmpty();
    mallory.deliverTo(web);
    assertThat(web.failures.get(0)).contains("the offer does not open");
  }

  @Test
  void anOfferCannotBeMadeInAnothersPlace() {
    Signal.Offer own = offerOfMallory();
    db.broker.received(new Signal.Offer(own.session(), web.self(), db.id(), H2, own.description()));
    assertThat(db.offers).isEmpty();
    assertThat(refusalOf(db)).contains("the offer does not open");
  }

  @Test
  void aNameCannotBeBorrowedWithItsClaim() {
    Octets mac = SessionPeer.REALM.claim(new PeerName("web"), web.id()).mac();
    NameClaim borrowed = new NameClaim(new PeerName("web"), mallory.id(), mac);
    assertThat(SessionPeer.REALM.verifies(borrowed)).isFalse();

    db.broker.received(offerOfMallory());
    assertThat(db.offers.get(0).peer()).as("shown by its id").isEqualTo(mallory.id());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void noBitOfAnOfferCanBeFlipped(long seed) {
    Random random = new Random(seed);
    web.offers("db", H2, end(40000));
    Signal.Offer offer = (Signal.Offer) web.signalling.sent.remove(0);
    for (int i = 0; i < 50; i++) {
      db.broker.received(with(offer, flipped(offer.description(), random)));
      assertThat(db.offers).isEmpty();
      assertThat(refusalOf(db)).contains("the offer does not open");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6, 7, 8})
  void noBitOfAnAnswerCanBeFlipped(long seed) {
    Random random = new Random(seed);
    Signal.Answer answer = answer();
    web.broker.received(with(answer, flipped(answer.description(), random)));
    assertThat(web.agreed).isEmpty();
    assertThat(web.failures.get(0)).contains("the answer of db does not open");
  }

  @Test
  void anOfferCannotBeMovedToAnotherPort() {
    web.offers("db", H2, end(40000));
    Signal.Offer offer = (Signal.Offer) web.signalling.sent.remove(0);
    db.broker.received(
        new Signal.Offer(offer.session(), offer.from(), offer.to(), SSH, offer.description()));
    assertThat(db.offers).isEmpty();
    assertThat(refusalOf(db)).contains("the offer does not open");
  }

  @Test
  void anOfferCannotBeMovedToAnotherSession() {
    web.offers("db", H2, end(40000));
    Signal.Offer offer = (Signal.Offer) web.signalling.sent.remove(0);
    SessionId other = new SessionId(1, 2);
    db.broker.received(new Signal.Offer(other, offer.from(), offer.to(), H2, offer.description()));
    assertThat(db.offers).isEmpty();
    assertThat(refusalOf(db)).contains("the offer does not open");
  }

  @Test
  void aReplayedOfferIsAnsweredOnce() {
    web.offers("db", H2, end(40000));
    Signal.Indication offer = web.signalling.sent.remove(0);
    for (int i = 0; i < 10; i++) {
      db.broker.received(offer);
    }
    assertThat(db.offers).hasSize(1);
    db.answers(end(9092));
    db.broker.received(offer);
    assertThat(db.offers).as("not after the answer either").isEmpty();
  }

  @Test
  void aReplayedAnswerFitsNoOtherOffer() {
    Signal.Answer old = answer();
    web.broker.received(old);
    assertThat(web.agreed).hasSize(1);

    SessionId now = web.offers("db", H2, end(40001));
    web.broker.received(new Signal.Answer(now, db.self(), web.self(), old.description()));
    assertThat(web.agreed).hasSize(1);
    assertThat(web.failures.get(0)).contains("the answer of db does not open");
  }

  @Test
  void answersThatAreSwappedFitNeitherOffer() {
    Signal.Answer first = answer();
    Signal.Answer second = answer();
    web.broker.received(with(first, second.description()));
    web.broker.received(with(second, first.description()));
    assertThat(web.agreed).isEmpty();
    assertThat(web.failures)
        .hasSize(2)
        .allMatch(failure -> failure.contains("the answer of db does not open"));
  }

  @Test
  void answersInAnotherOrderAreStillTheOnesTheyAre() {
    Signal.Answer first = answer();
    Signal.Answer second = answer();
    web.broker.received(second);
    web.broker.received(first);
    assertThat(web.agreed).hasSize(2);
  }

  @Test
  void anAnswerOfAnotherIsNone() {
    SessionId session = web.offers("db", H2, end(40000));
    Octets own = offerOfMallory().description();
    web.broker.received(new Signal.Answer(session, mallory.self(), web.self(), own));
    assertThat(web.agreed).isEmpty();
    PeerInstance posing = new PeerInstance(db.id(), 1);
    web.broker.received(new Signal.Answer(session, posing, web.self(), own));
    assertThat(web.agreed).isEmpty();
    assertThat(web.failures.get(0)).contains("the answer of db does not open");
  }

  @Test
  void membershipCannotBeTakenOffAnOffer() {
    web.offers("db", H2, end(40000));
    Signal.Offer offer = (Signal.Offer) web.signalling.sent.remove(0);
    byte[] octets = offer.description().toByteArray();
    assertThat(octets[2]).as("the octet of membership").isEqualTo((byte) 1);
    octets[2] = 0;
    db.broker.received(with(offer, Octets.of(octets)));
    assertThat(db.offers).isEmpty();
    assertThat(refusalOf(db)).contains("the offer does not open");
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void whateverItDoesNobodyAgreesWithAnybodyElse(long seed) {
    Random random = new Random(seed);
    List<Signal.Indication> seen = new ArrayList<>();
    List<AgreedSession> answered = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      web.offers("db", H2, end(40000 + i));
      seen.addAll(take(web));
      meddle(db, seen, random);
      while (!db.offers.isEmpty()) {
        assertThat(db.offers.get(0).peer()).isEqualTo(new PeerName("web"));
        answered.add(db.answers(end(9092)));
      }
      seen.addAll(take(db));
      meddle(web, seen, random);
    }
    for (AgreedSession offered : web.agreed) {
      assertThat(offered.with()).isEqualTo(db.self());
      assertThat(answered).anySatisfy(other -> assertSame(offered, other));
    }
    assertThat(web.agreed).as("some got through").isNotEmpty();
  }

  /** Delivers a few of all messages ever seen, in any order, some altered. */
  private static void meddle(SessionPeer to, List<Signal.Indication> seen, Random random) {
    int honest = random.nextInt(3);
    for (int i = 0; i < 3; i++) {
      Signal.Indication newest = seen.get(seen.size() - 1);
      Signal.Indication some = seen.get(random.nextInt(seen.size()));
      to.broker.received(i == honest ? newest : altered(some, seen, random));
    }
  }

  private static Signal.Indication altered(
      Signal.Indication signal, List<Signal.Indication> seen, Random random) {
    Octets other = description(seen.get(random.nextInt(seen.size())), random);
    Octets octets = random.nextBoolean() ? other : flipped(other, random);
    return signal.match(
        offer -> with(offer, octets),
        answer -> with(answer, octets),
        refusal -> refusal,
        withdrawal -> withdrawal);
  }

  private static Octets description(Signal.Indication signal, Random random) {
    return signal.match(
        Signal.Offer::description,
        Signal.Answer::description,
        refusal -> Octets.of(new byte[random.nextInt(300)]),
        withdrawal -> Octets.of());
  }

  private static List<Signal.Indication> take(SessionPeer from) {
    List<Signal.Indication> taken = List.copyOf(from.signalling.sent);
    from.signalling.sent.clear();
    return taken;
  }

  private void lie(Signal.Found found) {
    web.signalling.knows(DB, found);
  }

  private static Signal.Found found(PeerId id, NameClaim claim) {
    return new Signal.Found(id, SessionPeer.REALM.accessKey(), claim);
  }

  /** Neither a connect nor a look-up of the application gets anywhere, and each says why. */
  private void assertNotFound(String why) {
    web.failures.clear();
    web.offers("db", H2, end(40000));
    assertThat(web.signalling.sent).isEmpty();
    assertThat(web.failures).hasSize(1);
    assertThat(web.failures.get(0))
        .startsWith(Reason.NOT_ALLOWED + ": the rendezvous")
        .contains(why);

    VirtualAddresses addresses = new VirtualAddresses(VirtualRange.parse("240.0.0.0/4"), "peer");
    RendezvousResolver resolver = new RendezvousResolver(addresses, web.finder, web.id());
    assertThatThrownBy(() -> resolver.resolve("db"))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("db.peer: the rendezvous")
        .hasMessageContaining(why);
  }

  /** Mallory's own offer to db, well made, under its own key. */
  private Signal.Offer offerOfMallory() {
    mallory.signalling.knows(db.id(), new Signal.Found(db.id(), null, null));
    mallory.offers(db.id().label(), H2, end(6666));
    return (Signal.Offer) mallory.signalling.sent.remove(0);
  }

  /** The answer to a fresh offer, not delivered yet. */
  private Signal.Answer answer() {
    web.offers("db", H2, end(40000));
    web.deliverTo(db);
    db.answers(end(9092));
    return (Signal.Answer) take(db).get(0);
  }

  private static String refusalOf(SessionPeer peer) {
    return ((Signal.Refusal) peer.signalling.sent.remove(0)).text();
  }

  private static Signal.Offer with(Signal.Offer offer, Octets description) {
    PeerRef to = offer.to();
    return new Signal.Offer(offer.session(), offer.from(), to, offer.service(), description);
  }

  private static Signal.Answer with(Signal.Answer answer, Octets description) {
    return new Signal.Answer(answer.session(), answer.from(), answer.to(), description);
  }

  private static Octets flipped(Octets octets, Random random) {
    byte[] bytes = octets.toByteArray();
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return Octets.of(bytes);
  }

  private static void assertSame(AgreedSession one, AgreedSession other) {
    assertThat(one.path().id()).isEqualTo(other.path().id());
    assertThat(one.keys().handshakeHash()).isEqualTo(other.keys().handshakeHash());
  }

  private static PathEnd end(int port) {
    TransportAddress address = new TransportAddress(InetAddress.getLoopbackAddress(), port);
    return new PathEnd(
        port, Security.AUTHENTICATED, List.of(new Candidate(Candidate.Kind.HOST, address)));
  }
}
