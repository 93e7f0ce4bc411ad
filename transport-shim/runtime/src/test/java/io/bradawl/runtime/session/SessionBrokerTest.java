package io.bradawl.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.signal.PathDescription;
import io.bradawl.protocol.signal.PathDescriptionCodec;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.runtime.address.PeerAliases;
import io.bradawl.runtime.loop.ManualLoop;
import io.bradawl.runtime.signal.SignallingException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SessionBrokerTest {

  private static final Service H2 = new Service(Transport.TCP, 9092);
  private static final PeerInstance WEB = instance(1);
  private static final PeerInstance DB = instance(2);

  private final ManualLoop loop = new ManualLoop();
  private final RecordedSignalling signalling = new RecordedSignalling();
  private final SessionBroker broker =
      new SessionBroker(
          loop,
          signalling,
          WEB,
          new PeerName("web"),
          new PeerAliases(Map.of(new PeerName("store"), DB.id())),
          new Random(1));
  private final List<String> outcomes = new ArrayList<>();

  @Test
  void anAnswerEndsTheOfferOnce() {
    SessionId session = offer("db");
    PathDescription theirs = description(9092);
    answer(session, theirs);
    answer(session, theirs);
    assertThat(outcomes).containsExactly("answered by " + DB + " from port 9092");
    assertThat(loop.waiting()).isZero();
  }

  @Test
  void silenceEndsTheOfferAndTellsTheOtherSide() {
    offer("db");
    loop.pass(Duration.ofSeconds(5).toNanos());
    assertThat(outcomes).containsExactly("SERVER_ERROR: db did not answer within 5000 ms");
    assertThat(signalling.sent).last().isInstanceOf(Signal.Withdrawal.class);
  }

  @Test
  void aRefusalCarriesItsReason() {
    SessionId session = offer("db");
    broker.received(
        new Signal.Refusal(session, WEB, Reason.NOT_LISTENING, "nothing listens on tcp/9092"));
    assertThat(outcomes).containsExactly("NOT_LISTENING: nothing listens on tcp/9092");
  }

  @Test
  void offersWaitForTheRegistrationAndFailWithIt() {
    signalling.registered = new CompletableFuture<>();
    offer("db");
    assertThat(signalling.sent).isEmpty();
    signalling.registered.completeExceptionally(
        new SignallingException(Reason.SERVER_ERROR, "rendezvous rdv:3478: connection refused"));
    loop.drain();
    assertThat(outcomes).containsExactly("SERVER_ERROR: rendezvous rdv:3478: connection refused");
    assertThat(loop.waiting()).isZero();
  }

  @Test
  void anAliasIsOfferedToTheIdBehindItAndShownForIt() {
    offer("store");
    assertThat(((Signal.Offer) signalling.sent.get(0)).to()).isEqualTo(DB.id());

    List<Sessions.IncomingOffer> offers = exposeH2();
    broker.received(offerFrom(DB, new PeerName("db")));
    assertThat(offers.get(0).fromRef()).isEqualTo(new PeerName("store"));
  }

  @Test
  void nobodyPassesForSomebodysAlias() {
    List<Sessions.IncomingOffer> offers = exposeH2();
    PeerInstance other = instance(3);
    broker.received(offerFrom(other, new PeerName("store")));
    assertThat(offers.get(0).fromRef()).isEqualTo(other.id());
  }

  @Test
  void anOfferForWhatIsNotServedIsRefusedAtOnce() {
    broker.received(offerFrom(DB, null));
    assertThat(signalling.sent).singleElement().isInstanceOf(Signal.Refusal.class);
    assertThat(((Signal.Refusal) signalling.sent.get(0)).reason()).isEqualTo(Reason.NOT_LISTENING);
  }

  @Test
  void anOfferThatCannotBeReadIsRefused() {
    List<Sessions.IncomingOffer> offers = exposeH2();
    broker.received(
        new Signal.Offer(new SessionId(7, 7), DB, null, WEB.id(), H2, Octets.of((byte) 99)));
    assertThat(offers).isEmpty();
    assertThat(((Signal.Refusal) signalling.sent.get(0)).reason()).isEqualTo(Reason.BAD_REQUEST);
  }

  @Test
  void whatIsConcealedIsNoLongerServed() {
    exposeH2();
    broker.conceal(H2);
    loop.drain();
    assertThat(signalling.served).isEmpty();
    broker.received(offerFrom(DB, null));
    assertThat(signalling.sent).singleElement().isInstanceOf(Signal.Refusal.class);
  }

  private SessionId offer(String peer) {
    SessionId session =
        broker.offer(
            new PeerName(peer), H2, description(40000), Duration.ofSeconds(5), new Recorded());
    loop.drain();
    return session;
  }

  private void answer(SessionId session, PathDescription theirs) {
    broker.received(new Signal.Answer(session, DB, WEB, PathDescriptionCodec.encode(theirs)));
    loop.drain();
  }

  private List<Sessions.IncomingOffer> exposeH2() {
    List<Sessions.IncomingOffer> offers = new ArrayList<>();
    broker.expose(
        H2,
        new Sessions.OfferHandler() {
          @Override
          public void offered(Sessions.IncomingOffer offer) {
            offers.add(offer);
          }

          @Override
          public void withdrawn(SessionId session) {}
        });
    loop.drain();
    return offers;
  }

  private static Signal.Offer offerFrom(PeerInstance from, PeerName name) {
    return new Signal.Offer(
        new SessionId(5, 5),
        from,
        name,
        WEB.id(),
        H2,
        PathDescriptionCodec.encode(description(41000)));
  }

  private static PathDescription description(int port) {
    TransportAddress address = new TransportAddress(InetAddress.getLoopbackAddress(), port);
    return new PathDescription(
        Octets.of(new byte[PathDescription.NONCE_LENGTH]),
        port,
        Duration.ofMillis(40),
        List.of(new Candidate(Candidate.Kind.HOST, address)));
  }

  private static PeerInstance instance(int number) {
    byte[] key = new byte[PeerId.LENGTH];
    key[0] = (byte) number;
    return new PeerInstance(new PeerId(Octets.of(key)), number);
  }

  private final class Recorded implements Sessions.OfferOutcome {

    @Override
    public void answered(PeerInstance by, PathDescription theirs) {
      outcomes.add("answered by " + by + " from port " + theirs.port());
    }

    @Override
    public void failed(Reason reason, String text) {
      outcomes.add(reason + ": " + text);
    }
  }
}
