package io.bradawl.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.signal.Security;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.runtime.loop.ManualLoop;
import io.bradawl.runtime.signal.SignallingException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionBrokerTest {

  private static final Service H2 = new Service(Transport.TCP, 9092);

  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private final ManualLoop loop = new ManualLoop();
  private final SessionPeer db = new SessionPeer(loop, "db", Map.of());
  private final SessionPeer web =
      new SessionPeer(loop, "web", Map.of(new PeerName("store"), db.id()));

  @BeforeEach
  void meet() {
    web.signalling.knows("db", db.id());
  }

  @Test
  void offerAndAnswerEndInTheSameSessionOnBothSides() {
    db.exposes(H2);
    web.offers("db", H2, end(40000));
    web.deliverTo(db);
    AgreedSession answered = db.answers(end(9092));
    db.deliverTo(web);

    AgreedSession offered = web.agreed.get(0);
    assertThat(offered.port()).isEqualTo(9092);
    assertThat(answered.port()).isEqualTo(40000);
    assertThat(offered.path().role()).isEqualTo(Role.OFFERER);
    assertThat(offered.path().remote()).isEqualTo(end(9092).candidates());
    assertThat(offered.keys().handshakeHash()).isEqualTo(answered.keys().handshakeHash());
    Octets proof = offered.path().proof().request(new TransactionId(1, 2), false);
    assertThat(answered.path().proof().verify(proof.asByteBuffer())).isNotNull();
    assertThat(loop.waiting()).isZero();
  }

  /** It tells of the relay, which may have been looked for anew by then. */
  @Test
  void anOfferIsMadeUpAfterAllElseThatWaitsForTheRendezvous() {
    List<String> ran = new ArrayList<>();
    web.signalling.registered = new CompletableFuture<>();
    web.broker.whenSettled(PATIENCE, problem -> ran.add("offer"));
    web.broker.whenRegistered(() -> ran.add("relay"));
    loop.drain();
    assertThat(ran).isEmpty();

    web.broker.registered();
    web.signalling.registered.complete(null);
    loop.drain();
    assertThat(ran).containsExactly("relay", "offer");
    web.broker.whenSettled(PATIENCE, problem -> ran.add("at once"));
    assertThat(ran).hasSize(3);
  }

  @Test
  void anAttemptToRegisterThatFailsHoldsNobodyUp() {
    List<String> ran = new ArrayList<>();
    web.signalling.registered = new CompletableFuture<>();
    web.broker.whenSettled(PATIENCE, problem -> ran.add("offer " + problem));
    web.signalling.registered.completeExceptionally(new IllegalStateException("no rendezvous"));
    loop.drain();
    assertThat(ran).containsExactly("offer null");
  }

  @Test
  void aRendezvousThatIsSilentHoldsNobodyUpForLong() {
    List<String> ran = new ArrayList<>();
    web.signalling.registered = new CompletableFuture<>();
    web.broker.whenSettled(PATIENCE, ran::add);
    loop.pass(PATIENCE.toNanos());
    web.signalling.registered.complete(null);
    loop.drain();
    assertThat(ran).containsExactly("not registered at a rendezvous within 6000 ms");
    assertThat(loop.waiting()).isZero();
  }

  @Test
  void whatTheRendezvousCarriesTellsItNothing() {
    db.exposes(H2);
    web.offers("db", H2, end(40000));
    Signal.Offer offer = (Signal.Offer) web.signalling.sent.get(0);
    assertThat(offer.description().toString()).doesNotContain("7f000001");
  }

  @Test
  void anOfferThatWasChangedIsRefused() {
    db.exposes(H2);
    web.offers("db", H2, end(40000));
    Signal.Offer offer = (Signal.Offer) web.signalling.sent.get(0);
    byte[] octets = offer.description().toByteArray();
    octets[octets.length - 1] ^= 1;
    db.broker.received(
        new Signal.Offer(
            offer.session(), offer.from(), offer.to(), offer.service(), Octets.of(octets)));
    assertThat(db.offers).isEmpty();
    assertThat(db.lastRefusal()).isEqualTo(Reason.BAD_REQUEST);
  }

  @Test
  void anOfferForOneServiceDoesNotOpenForAnother() {
    Service other = new Service(Transport.TCP, 22);
    db.exposes(H2);
    db.exposes(other);
    web.offers("db", H2, end(40000));
    Signal.Offer offer = (Signal.Offer) web.signalling.sent.get(0);
    db.broker.received(
        new Signal.Offer(offer.session(), offer.from(), offer.to(), other, offer.description()));
    assertThat(db.offers).isEmpty();
  }

  @Test
  void aReplayedOfferIsNotAnswered() {
    db.exposes(H2);
    web.offers("db", H2, end(40000));
    Signal.Indication offer = web.signalling.sent.get(0);
    db.broker.received(offer);
    db.broker.received(offer);
    assertThat(db.offers).hasSize(1);
    assertThat(db.signalling.sent).isEmpty();
  }

  @Test
  void anOfferIsSentAgainUntilItIsAnswered() {
    db.exposes(H2);
    web.offers("db", H2, end(40000));
    Signal.Indication offer = web.signalling.sent.remove(0);
    loop.pass(Duration.ofMillis(3500).toNanos());
    assertThat(web.signalling.sent).containsExactly(offer, offer);

    web.deliverTo(db);
    db.answers(end(9092));
    db.deliverTo(web);
    assertThat(web.agreed).hasSize(1);
    loop.pass(Duration.ofSeconds(10).toNanos());
    assertThat(web.signalling.sent).isEmpty();
    assertThat(loop.waiting()).isZero();
  }

  @Test
  void anAnswerThatWasLostIsRepeatedOctetByOctet() {
    db.exposes(H2);
    web.offers("db", H2, end(40000));
    web.deliverTo(db);
    db.answers(end(9092));
    Signal.Indication lost = db.signalling.sent.remove(0);
    loop.pass(Duration.ofSeconds(1).toNanos());
    web.deliverTo(db);
    assertThat(db.offers).isEmpty();
    assertThat(db.signalling.sent).containsExactly(lost);
    db.deliverTo(web);
    assertThat(web.agreed).hasSize(1);
  }

  @Test
  void anAnswerIsForgottenWhenNobodyCanWaitForItAnyMore() {
    db.exposes(H2);
    web.offers("db", H2, end(40000));
    Signal.Indication offer = web.signalling.sent.get(0);
    web.deliverTo(db);
    db.answers(end(9092));
    db.signalling.sent.clear();
    loop.pass(Duration.ofSeconds(61).toNanos());
    db.broker.received(offer);
    assertThat(db.offers).isEmpty();
    assertThat(db.signalling.sent).isEmpty();
  }

  @Test
  void offersAreSentAgainAtOnceAtAnotherNode() {
    web.broker.registered();
    web.offers("db", H2, end(40000));
    Signal.Indication offer = web.signalling.sent.remove(0);
    web.broker.registered();
    assertThat(web.signalling.sent).containsExactly(offer);
  }

  @Test
  void aPeerThatIsNotKnownAtAnotherNodeYetIsAskedAgain() {
    web.broker.registered();
    web.broker.registered();
    SessionId session = web.offers("store", H2, end(40000));
    Signal.Indication offer = web.signalling.sent.remove(0);
    web.broker.received(new Signal.Refusal(session, web.self(), Reason.UNKNOWN_PEER, "unknown"));
    loop.pass(Duration.ofMillis(500).toNanos());
    assertThat(web.failures).isEmpty();
    assertThat(web.signalling.sent).containsExactly(offer);
    loop.pass(Duration.ofSeconds(3).toNanos());
    web.broker.received(new Signal.Refusal(session, web.self(), Reason.UNKNOWN_PEER, "unknown"));
    assertThat(web.failures).containsExactly("UNKNOWN_PEER: unknown");
  }

  @Test
  void anAnswerOfAnotherPeerChangesNothing() {
    SessionPeer mallory = new SessionPeer(loop, "mallory", Map.of());
    db.exposes(H2);
    SessionId session = web.offers("db", H2, end(40000));
    web.broker.received(
        new Signal.Answer(session, mallory.self(), web.self(), Octets.of(new byte[200])));
    assertThat(web.failures).isEmpty();
    web.deliverTo(db);
    db.answers(end(9092));
    db.deliverTo(web);
    assertThat(web.agreed).hasSize(1);
  }

  @Test
  void silenceEndsTheOfferAndTellsTheOtherSide() {
    web.offers("db", H2, end(40000));
    loop.pass(Duration.ofSeconds(5).toNanos());
    assertThat(web.failures).containsExactly("SERVER_ERROR: db did not answer within 5000 ms");
    assertThat(web.signalling.sent).last().isInstanceOf(Signal.Withdrawal.class);
    assertThat(loop.waiting()).isZero();
  }

  @Test
  void aRefusalCarriesItsReason() {
    web.offers("db", H2, end(40000));
    web.deliverTo(db);
    db.deliverTo(web);
    assertThat(web.failures).containsExactly("NOT_LISTENING: nothing listens on tcp/9092");
  }

  @Test
  void aPeerThatCameBackUnderANewIdIsFoundAgain() {
    SessionPeer newDb = new SessionPeer(loop, "db", Map.of());
    newDb.exposes(H2);
    web.signalling.knows("db", db.id());
    web.finder.ask(new PeerName("db"));
    web.signalling.knows("db", newDb.id());
    SessionId session = web.offers("db", H2, end(40000));
    web.broker.received(
        new Signal.Refusal(session, web.self(), Reason.UNKNOWN_PEER, "no such peer"));
    loop.drain();
    web.signalling.sent.remove(0);
    web.deliverTo(newDb);
    newDb.answers(end(9092));
    newDb.deliverTo(web);
    assertThat(web.agreed).hasSize(1);
  }

  @Test
  void offersWaitForTheRegistrationAndFailWithIt() {
    web.signalling.registered = new CompletableFuture<>();
    web.offers("db", H2, end(40000));
    assertThat(web.signalling.sent).isEmpty();
    web.signalling.registered.completeExceptionally(
        new SignallingException(Reason.SERVER_ERROR, "rendezvous rdv:3478: connection refused"));
    loop.drain();
    assertThat(web.failures)
        .containsExactly("SERVER_ERROR: rendezvous rdv:3478: connection refused");
    assertThat(loop.waiting()).isZero();
  }

  @Test
  void anAliasIsOfferedToTheIdBehindItAndShownForIt() {
    web.exposes(H2);
    web.offers("store", H2, end(40000));
    assertThat(((Signal.Offer) web.signalling.sent.get(0)).to()).isEqualTo(db.id());
    db.signalling.knows("web", web.id());
    db.offers("web", H2, end(41000));
    db.deliverTo(web);
    assertThat(web.offers.get(0).peer()).isEqualTo(new PeerName("store"));
  }

  @Test
  void nobodyPassesForSomebodysAlias() {
    SessionPeer impostor = new SessionPeer(loop, "store", Map.of());
    impostor.signalling.knows("web", web.id());
    web.exposes(H2);
    impostor.offers("web", H2, end(40000));
    impostor.deliverTo(web);
    assertThat(web.offers.get(0).peer()).isEqualTo(impostor.id());
  }

  @Test
  void whatIsConcealedIsNoLongerServed() {
    db.exposes(H2);
    db.broker.conceal(H2);
    loop.drain();
    assertThat(db.signalling.served).isEmpty();
    web.offers("db", H2, end(40000));
    web.deliverTo(db);
    assertThat(db.lastRefusal()).isEqualTo(Reason.NOT_LISTENING);
  }

  private static PathEnd end(int port) {
    TransportAddress address = new TransportAddress(InetAddress.getLoopbackAddress(), port);
    return new PathEnd(
        port, Security.AUTHENTICATED, List.of(new Candidate(Candidate.Kind.HOST, address)));
  }
}
