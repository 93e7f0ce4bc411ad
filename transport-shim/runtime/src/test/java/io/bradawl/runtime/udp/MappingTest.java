package io.bradawl.runtime.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.signal.Security;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.XorMappedAddress;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.runtime.address.VirtualAddresses;
import io.bradawl.runtime.address.VirtualRange;
import io.bradawl.runtime.loop.ManualLoop;
import io.bradawl.runtime.session.AgreedSession;
import io.bradawl.runtime.session.PathEnd;
import io.bradawl.runtime.session.Sessions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a server answers offers with while the rendezvous is slow to tell its mapped address. */
class MappingTest {

  private static final Service COAP = new Service(Transport.UDP, 5683);
  private static final PeerName SENSOR = new PeerName("sensor");
  private static final Candidate REFLEXIVE =
      new Candidate(Candidate.Kind.SERVER_REFLEXIVE, at("203.0.113.1", 61000));

  private final ManualLoop loop = new ManualLoop();
  private final FakeSessions sessions = new FakeSessions(loop, new PeerName("reader"), SENSOR);
  private final FakeSocket.Network network = new FakeSocket.Network();
  private final InetSocketAddress rendezvous = new InetSocketAddress("10.0.0.9", 3478);
  private final List<Candidate> answered = new ArrayList<>();
  private FakeSocket server;

  @BeforeEach
  void serve() throws Exception {
    UdpPeers peers =
        new UdpPeers(
            new VirtualAddresses(VirtualRange.parse("240.0.0.0/4"), "peer"),
            port -> Security.ENCRYPTED);
    peers.start(loop, sessions, new Random(1), null, List.of());
    server = network.socket("10.0.0.1", COAP.port());
    server.owner = peers.attach(server);
    peers.serve(server.owner, COAP.port());
    loop.drain();
  }

  @Test
  void anOfferWaitsForARequestThatIsRepeatedWhenTheFirstWentUnanswered() throws Exception {
    reachRendezvous();
    pass(Duration.ofMillis(1800));
    int unanswered = network.lost.size();
    offer();
    assertThat(answered).as("it may still be learned").isEmpty();
    pass(Duration.ofMillis(500));
    assertThat(network.lost).hasSizeGreaterThan(unanswered);
    rendezvousAnswersTheLast();
    assertThat(answered).contains(REFLEXIVE);
  }

  @Test
  void anAnswerThatComesTooLateForItsRequestStillCounts() throws Exception {
    reachRendezvous();
    pass(Duration.ofMillis(1800));
    rendezvousAnswersTheLast();
    offer();
    assertThat(answered).contains(REFLEXIVE);
  }

  /** Found under load by the soak: the application was given the answer. */
  @Test
  void anAnswerToAnEarlierRequestIsNotTheApplications() throws Exception {
    reachRendezvous();
    pass(Duration.ofMillis(100));
    int first = network.lost.size();
    pass(Duration.ofSeconds(3));
    assertThat(request(network.lost.size()).transaction())
        .isNotEqualTo(request(first).transaction());
    rendezvousAnswers(request(first));
    rendezvousAnswersTheLast();
    assertThat(server.received).isEmpty();
    offer();
    assertThat(answered).contains(REFLEXIVE);
  }

  @Test
  void aRendezvousThatIsReachedLateIsAskedSoon() throws Exception {
    pass(Duration.ofSeconds(7));
    assertThat(network.lost).isEmpty();
    reachRendezvous();
    pass(Duration.ofSeconds(1));
    rendezvousAnswersTheLast();
    offer();
    assertThat(answered).contains(REFLEXIVE);
  }

  @Test
  void nobodyWaitsWhereUdpIsBlocked() {
    reachRendezvous();
    pass(Duration.ofSeconds(30));
    offer();
    assertThat(answered).extracting(Candidate::kind).containsExactly(Candidate.Kind.HOST);
  }

  @Test
  void aBlockedRendezvousIsAskedAtTheRateOfKeepalives() {
    reachRendezvous();
    pass(Duration.ofMinutes(1));
    int before = network.lost.size();
    pass(Duration.ofMinutes(10));
    assertThat(network.lost.size() - before).isBetween(3 * 20, 3 * 30);
  }

  private void reachRendezvous() {
    sessions.rendezvous.complete(rendezvous);
  }

  private void rendezvousAnswersTheLast() throws WireFormatException {
    rendezvousAnswers(request(network.lost.size()));
  }

  private StunMessage request(int number) throws WireFormatException {
    return StunDecoder.decode(network.lost.get(number - 1).duplicate());
  }

  private void rendezvousAnswers(StunMessage request) {
    StunMessage response =
        new StunMessage(
            StunClass.SUCCESS,
            StunMethod.BINDING,
            request.transaction(),
            List.of(new XorMappedAddress(REFLEXIVE.address())));
    server.arrive(Octets.copyOf(StunEncoder.encode(response)).toByteArray(), rendezvous);
    loop.drain();
  }

  private void offer() {
    PathEnd mine =
        new PathEnd(
            40000,
            Security.ENCRYPTED,
            List.of(new Candidate(Candidate.Kind.HOST, at("10.0.0.2", 40000))));
    sessions.offer(SENSOR, COAP, mine, Duration.ofSeconds(10), new Recorded());
    loop.drain();
  }

  private void pass(Duration time) {
    loop.pass(time.toNanos());
  }

  private static TransportAddress at(String ip, int port) {
    try {
      return new TransportAddress(InetAddress.getByName(ip), port);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private final class Recorded implements Sessions.OfferOutcome {

    @Override
    public void answered(AgreedSession agreed) {
      answered.addAll(agreed.path().remote());
    }

    @Override
    public void failed(Reason reason, String text) {
      throw new AssertionError(text);
    }
  }
}
