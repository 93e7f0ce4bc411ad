package io.bradawl.runtime.udp;

import static io.bradawl.protocol.signal.Security.AUTHENTICATED;
import static io.bradawl.protocol.signal.Security.ENCRYPTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How paths end, and what takes their place. */
class UdpRenewalTest {

  private UdpPair pair;

  @BeforeEach
  void connect() throws Exception {
    pair = UdpPair.connected(ENCRYPTED, ENCRYPTED);
  }

  @Test
  void simultaneousOffersEndInOnePath() throws Exception {
    pair = new UdpPair(ENCRYPTED, ENCRYPTED);
    pair.send(pair.client, pair.sensor, "ping");
    pair.send(pair.server, pair.reader, "pong");
    pair.pass(Duration.ofSeconds(3));
    assertThat(pair.server.received).singleElement().asString().endsWith("ping");
    assertThat(pair.client.received).singleElement().asString().endsWith("pong");
    talk(Duration.ofMinutes(12));
    assertThat(pair.sessions.offers).isLessThanOrEqualTo(2);
  }

  @Test
  void aPeerThatStartsAnewReplacesItsPath() throws Exception {
    FakeSocket anew = pair.client(UdpPair.CLIENT_PORT);
    pair.pass(Duration.ofSeconds(2));
    pair.send(anew, pair.sensor, "again");
    pair.pass(Duration.ofSeconds(2));
    assertThat(pair.server.received).singleElement().asString().endsWith("again");
    pair.pass(Duration.ofMinutes(1));
    pair.send(pair.server, pair.reader, "answer");
    assertThat(anew.received)
        .as("the end of the old path changes nothing")
        .singleElement()
        .asString()
        .endsWith("answer");
    assertThat(pair.sessions.offers).as("and one of the old socket for its own").isEqualTo(3);
  }

  /** Found by the soak: who had been started anew took them for data, once there was a new path. */
  @Test
  void checksOfASessionWithAnEarlierProcessAreNotThePeersData() throws Exception {
    pair = UdpPair.connected(AUTHENTICATED, AUTHENTICATED);
    FakeSocket anew = pair.client(UdpPair.CLIENT_PORT);
    pair.connect(anew);
    int before = pair.server.sent;
    anew.received.clear();

    pair.pass(Duration.ofSeconds(20));

    assertThat(pair.server.sent).as("it still checks the old path, too").isGreaterThan(before);
    assertThat(anew.received).isEmpty();
  }

  @Test
  void lostConsentMakesNewOffersAtOnceAndWithTheNextDatagram() {
    pair.network.cut = true;
    pair.pass(Duration.ofMinutes(1));
    pair.network.cut = false;
    assertThat(pair.sessions.offers).as("while the path was failing").isEqualTo(2);
    pair.send(pair.client, pair.sensor, "after the gap");
    pair.pass(Duration.ofSeconds(3));
    assertThat(pair.sessions.offers).isEqualTo(3);
    assertThat(pair.server.received).singleElement().asString().endsWith("after the gap");
  }

  /**
   * Found by the soak: what was offered without a rendezvous told of no relay, for that had been
   * lost with it, and the path was looked for in vain for 10 s when both were there again.
   */
  @Test
  void nothingIsOfferedThatCannotBeSentYet() throws Exception {
    pair = new UdpPair(ENCRYPTED, ENCRYPTED);
    pair.sessions.unsettle();
    pair.send(pair.client, pair.sensor, "early");
    pair.pass(Duration.ofSeconds(3));
    assertThat(pair.sessions.offers).isZero();
    pair.sessions.settle(null);
    pair.pass(Duration.ofSeconds(3));
    assertThat(pair.sessions.offers).isEqualTo(1);
    assertThat(pair.server.received).singleElement().asString().endsWith("early");
  }

  @Test
  void aRendezvousThatDoesNotComeBackIsNotWaitedForWithoutEnd() throws Exception {
    pair = new UdpPair(ENCRYPTED, ENCRYPTED);
    pair.sessions.unsettle();
    pair.send(pair.client, pair.sensor, "lost");
    pair.pass(Duration.ofSeconds(3));
    pair.sessions.settle("no rendezvous");
    pair.pass(Duration.ofSeconds(3));
    pair.send(pair.client, pair.sensor, "later");
    pair.pass(Duration.ofSeconds(3));
    assertThat(pair.sessions.offers).isEqualTo(1);
    assertThat(pair.server.received).singleElement().asString().endsWith("later");
  }

  @Test
  void aPathThatFailsIsReplacedWithoutLosingItsTurn() {
    pair.network.cut = true;
    pair.pass(Duration.ofSeconds(5));
    assertThat(pair.isUp(pair.client, pair.sensor)).as("it may get well").isTrue();
    pair.pass(Duration.ofSeconds(7));
    pair.network.cut = false;
    pair.pass(Duration.ofSeconds(3));
    pair.send(pair.client, pair.sensor, "after the gap");
    assertThat(pair.sessions.offers).isEqualTo(2);
    assertThat(pair.server.received).singleElement().asString().endsWith("after the gap");
  }

  /** A NAT may have changed a mapping, which only a new offer can tell. */
  @Test
  void aPathThatHasFallenBackToARelayIsOfferedAnewNowAndThen() throws Exception {
    connectWithRelay();
    pair.network.detour = true;
    talk(Duration.ofSeconds(40));
    assertThat(relayedPaths()).isPositive();
    int before = pair.sessions.offers;
    talk(Duration.ofMinutes(1));
    assertThat(pair.sessions.offers).isEqualTo(before + 1);
    talk(Duration.ofMinutes(2));
    assertThat(pair.sessions.offers).isEqualTo(before + 2);
    pair.pass(Duration.ofMinutes(4));
    assertThat(pair.sessions.offers).as("nobody uses it").isEqualTo(before + 2);
  }

  /** Found by the soak: the server had a path that got through, and answered over none. */
  @Test
  void anOlderPathThatMovesAndEndsDoesNotTakeTheNewerOneWithIt() throws Exception {
    connectWithRelay();
    pair.sessions.relayed = null;
    FakeSocket newer = pair.client("10.0.0.3", UdpPair.CLIENT_PORT);
    pair.send(newer, pair.sensor, "hello");
    pair.pass(Duration.ofSeconds(5));
    assertThat(pair.sessions.counted.of(Transport.UDP, Candidate.Kind.HOST))
        .as("both ends of both")
        .isEqualTo(4);
    pair.network.detour = true;
    for (int i = 0; i < 10 && relayedPaths() == 0; i++) {
      pair.pass(Duration.ofSeconds(1));
    }
    pair.network.detour = false;
    assertThat(relayedPaths()).as("the older path has moved").isPositive();
    pair.pass(Duration.ofSeconds(2));
    newer.received.clear();

    pair.send(pair.server, pair.reader, "while there are two");
    UdpPair.owner(pair.client).closing();
    pair.loop.drain();
    pair.send(pair.server, pair.reader, "when one has ended");

    assertThat(newer.received).hasSize(2);
  }

  private int relayedPaths() {
    return pair.sessions.counted.of(Transport.UDP, Candidate.Kind.RELAYED);
  }

  @Test
  void farewellEndsThePathAtOnce() {
    assertThat(pair.isUp(pair.server, pair.reader)).isTrue();
    assertThat(pair.sessions.counted.of(Transport.UDP, Candidate.Kind.HOST))
        .as("both ends' paths")
        .isEqualTo(2);
    UdpPair.owner(pair.client).closing();
    pair.loop.drain();
    assertThat(pair.isUp(pair.server, pair.reader)).isFalse();
    assertThat(pair.sessions.counted.of(Transport.UDP, Candidate.Kind.HOST)).isOne();
  }

  /** Directly, but there is a relay between the two. */
  private void connectWithRelay() throws Exception {
    InetSocketAddress relay = new InetSocketAddress(InetAddress.getByName("70.0.0.1"), 50_000);
    pair = new UdpPair(ENCRYPTED, ENCRYPTED);
    pair.network.relay(relay, pair.client, pair.server);
    TransportAddress address = new TransportAddress(relay.getAddress(), relay.getPort());
    pair.sessions.relayed = new Candidate(Candidate.Kind.RELAYED, address);
    pair.connect(pair.client);
  }

  /**
   * Found by the soak: a peer that was stopped has another port when it goes on, and sends on the
   * old path until it knows.
   */
  @Test
  void sealedDatagramsAreKnownFromAnotherPortOfThePeer() throws Exception {
    byte[] sealed = pair.sealed(pair.client, pair.sensor, "moved");
    pair.server.arrive(sealed, new InetSocketAddress("10.0.0.2", 999));
    assertThat(pair.server.received).singleElement().asString().matches("240\\S+ moved");

    pair.server.arrive(sealed, new InetSocketAddress("10.0.0.2", 999));
    assertThat(pair.server.received).as("once").hasSize(1);
    assertThat(pair.server.rejected).isOne();
  }

  @Test
  void whatOnlyLooksSealedIsTheApplications() {
    byte[] sealed = pair.sealed(pair.client, pair.sensor, "moved");
    pair.server.arrive(sealed, new InetSocketAddress("10.0.0.77", 999));
    byte[] garbage = new byte[60];
    garbage[0] = 8;
    pair.server.arrive(garbage, new InetSocketAddress("10.0.0.2", 999));
    assertThat(pair.server.received).hasSize(2).allMatch(each -> each.startsWith("real "));
  }

  /** A datagram each way every second. */
  private void talk(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      pair.send(pair.client, pair.sensor, "ping");
      pair.send(pair.server, pair.reader, "pong");
      pair.pass(Duration.ofSeconds(1));
    }
  }
}
