package io.bradawl.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.signal.Security;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.runtime.loop.ManualLoop;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two peers of one name that serve different ports; the one that does not serve is found first. */
class NamesakesTest {

  private static final Service H2 = new Service(Transport.TCP, 9092);

  private final ManualLoop loop = new ManualLoop();
  private final SessionPeer wrong = new SessionPeer(loop, "db", Map.of());
  private final SessionPeer right = new SessionPeer(loop, "db", Map.of());
  private final SessionPeer web = new SessionPeer(loop, "web", Map.of());

  @BeforeEach
  void meet() {
    right.exposes(H2);
    web.signalling.knows("db", wrong.id());
  }

  @Test
  void theOtherOneIsAskedWhenTheFirstDoesNotServeIt() {
    SessionId session = offer();
    web.signalling.knows("db", right.id());
    refuse(session, 1);
    assertRightOneAnswers(1);
  }

  /** A slow rendezvous, or a slow process, makes an offer be sent again before it is refused. */
  @Test
  void everyTransmissionOfTheOfferMayBeRefused() {
    SessionId session = offer();
    pass(Duration.ofMillis(3500));
    assertThat(web.signalling.sent).hasSize(3);
    web.signalling.isSlowToFind("db");
    refuse(session, 3);
    web.signalling.knows("db", right.id());
    loop.drain();
    assertRightOneAnswers(1);
  }

  @Test
  void nothingIsSentToTheWrongOneWhileLookingForTheOther() {
    SessionId session = offer();
    web.signalling.isSlowToFind("db");
    refuse(session, 1);
    web.broker.registered();
    pass(Duration.ofSeconds(4));
    assertThat(web.signalling.sent).isEmpty();
    web.signalling.knows("db", right.id());
    loop.drain();
    assertRightOneAnswers(1);
  }

  @Test
  void twoConnectsAtOnceBothFindTheOther() {
    SessionId one = offer();
    SessionId two = offer();
    web.signalling.isSlowToFind("db");
    refuse(one, 1);
    refuse(two, 1);
    web.signalling.knows("db", right.id());
    loop.drain();
    assertRightOneAnswers(2);
  }

  @Test
  void looksAgainWhileTheNamesakesChange() {
    SessionId session = offer();
    refuse(session, 1);
    web.signalling.knows("db", right.id());
    refuse(session, 1);
    pass(Duration.ofSeconds(1));
    assertRightOneAnswers(1);
  }

  @Test
  void givesUpOnARendezvousThatSendsItInCircles() {
    SessionId session = offer();
    for (int i = 0; i < 4; i++) {
      refuse(session, 1);
      pass(Duration.ofMillis(500));
    }
    assertThat(web.failures).containsExactly("TRY_ALTERNATE: another serves it");
    assertThat(loop.waiting()).isZero();
  }

  @Test
  void aPeerThatIsSoughtByItsIdHasNoNamesake() {
    SessionId session = web.offers(wrong.id().toString(), H2, end(40000));
    refuse(session, 1);
    assertThat(web.failures).containsExactly("TRY_ALTERNATE: another serves it");
  }

  private SessionId offer() {
    return web.offers("db", H2, end(40000));
  }

  private void refuse(SessionId session, int times) {
    web.signalling.sent.clear();
    for (int i = 0; i < times; i++) {
      web.broker.received(
          new Signal.Refusal(session, web.self(), Reason.TRY_ALTERNATE, "another serves it"));
    }
    loop.drain();
  }

  private void pass(Duration time) {
    loop.pass(time.toNanos());
  }

  private void assertRightOneAnswers(int times) {
    assertThat(web.failures).isEmpty();
    web.deliverTo(right);
    for (int i = 0; i < times; i++) {
      right.answers(end(9092));
    }
    right.deliverTo(web);
    assertThat(web.agreed).hasSize(times);
    assertThat(loop.waiting()).isZero();
  }

  private static PathEnd end(int port) {
    TransportAddress address = new TransportAddress(InetAddress.getLoopbackAddress(), port);
    return new PathEnd(
        port, Security.AUTHENTICATED, List.of(new Candidate(Candidate.Kind.HOST, address)));
  }
}
