package io.bradawl.runtime.udp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.signal.Security;
import io.bradawl.runtime.address.VirtualAddresses;
import io.bradawl.runtime.address.VirtualRange;
import io.bradawl.runtime.loop.ManualLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UdpPeersTest {

  private static final int PORT = 5683;
  private static final PeerName SENSOR = new PeerName("sensor");
  private static final PeerName READER = new PeerName("reader");

  private final ManualLoop loop = new ManualLoop();
  private final FakeSessions sessions = new FakeSessions(loop, READER, SENSOR);
  private final VirtualAddresses addresses =
      new VirtualAddresses(VirtualRange.parse("240.0.0.0/4"), "peer");
  private final UdpPeers peers = new UdpPeers(addresses, port -> Security.ENCRYPTED);
  private final FakeSocket.Network network = new FakeSocket.Network();
  private final InetSocketAddress sensor = new InetSocketAddress(addresses.addressOf(SENSOR), PORT);
  private FakeSocket server;
  private FakeSocket client;

  @BeforeEach
  void openSockets() throws Exception {
    server = network.socket("10.0.0.1", PORT);
    client = network.socket("10.0.0.2", 40000);
    client.owner = peers.attach(client);
    sessions.rendezvous.complete(new InetSocketAddress(InetAddress.getByName("10.0.0.9"), 3478));
  }

  @Test
  void datagramsWaitForThePathAndArriveInOrder() {
    start();
    serve();
    IntStream.range(0, 5).forEach(i -> send("word " + i));
    pass(Duration.ofSeconds(3));
    String from = addresses.addressOf(READER).getHostAddress();
    assertThat(server.received)
        .containsExactlyElementsOf(
            IntStream.range(0, 5).mapToObj(i -> from + " word " + i).toList());
  }

  @Test
  void whatIsSentBeforeTheRuntimeIsUpWaitsForIt() {
    serve();
    send("early");
    start();
    pass(Duration.ofSeconds(4));
    assertThat(server.received).hasSize(1);
  }

  @Test
  void bothSidesGoTheWayThatTheFirstOfferMade() {
    start();
    serve();
    send("question");
    pass(Duration.ofSeconds(2));
    InetSocketAddress reader = new InetSocketAddress(addresses.addressOf(READER), 40000);
    assertThat(route(server, reader, "answer")).isEqualTo(client.address);
    assertThat(route(client, sensor, "again")).isEqualTo(server.address);
    assertThat(sessions.offers).isOne();
  }

  @Test
  void whereNothingListensDatagramsAreDroppedAndTheSocketIsTold() {
    start();
    send("lost");
    pass(Duration.ofSeconds(2));
    assertThat(client.unreachable).containsExactly(sensor);
    assertThat(sessions.offers).isOne();
    serve();
    send("found");
    pass(Duration.ofSeconds(3));
    assertThat(server.received).singleElement().asString().endsWith("found");
  }

  @Test
  void failureIsNotRetriedAtOnce() {
    start();
    for (int i = 0; i < 50; i++) {
      send("lost");
      pass(Duration.ofMillis(100));
    }
    assertThat(sessions.offers).isBetween(2, 4);
  }

  @Test
  void addressesWithoutPeerAreLeftToTheKernel() throws Exception {
    InetSocketAddress nobody = new InetSocketAddress(InetAddress.getByName("250.1.2.3"), PORT);
    assertThat(route(client, nobody, "x")).isSameAs(nobody);
  }

  @Test
  void withoutRendezvousHostCandidatesStillServe() {
    sessions.rendezvous = new java.util.concurrent.CompletableFuture<>();
    start();
    serve();
    send("near");
    pass(Duration.ofSeconds(12));
    assertThat(server.received).hasSize(1);
  }

  @Test
  void socketsThatNobodyReadsArePumpedOnlyWhileNeeded() {
    start();
    send("lost");
    pass(Duration.ofMillis(500));
    assertThat(client.pumped).isGreaterThan(3);
    pass(Duration.ofSeconds(30));
    int before = client.pumped;
    pass(Duration.ofSeconds(10));
    assertThat(client.pumped).isEqualTo(before);
  }

  @Test
  void nothingRemainsOfClosedSockets() {
    start();
    serve();
    send("hello");
    pass(Duration.ofSeconds(2));
    peers.closed(client.owner);
    peers.closed(server.owner);
    loop.drain();
    assertThat(sessions.exposed).isEmpty();
    assertThat(sessions.withdrawn).hasSize(1);
    pass(Duration.ofMillis(100));
    assertThat(loop.waiting()).isZero();
  }

  @Test
  void theNewestOfTwoSocketsOnAPortGetsTheOffers() throws Exception {
    start();
    serve();
    FakeSocket newer = network.socket("10.0.0.3", PORT);
    newer.owner = peers.attach(newer);
    peers.serve(newer.owner, PORT);
    pass(Duration.ofSeconds(2));
    send("to the newest");
    pass(Duration.ofSeconds(2));
    assertThat(newer.received).hasSize(1);
    peers.closed(newer.owner);
    loop.drain();
    assertThat(sessions.exposed).containsOnlyKeys(new Service(Transport.UDP, PORT));
  }

  private void start() {
    peers.start(loop, sessions, new Random(1), null, List.of());
    loop.drain();
  }

  private void serve() {
    server.owner = peers.attach(server);
    peers.serve(server.owner, PORT);
    pass(Duration.ofSeconds(2));
  }

  private void send(String text) {
    ByteBuffer datagram = bytes(text);
    ByteBuffer sealed = ByteBuffer.allocate(datagram.remaining() + UdpSocket.SEAL_ROOM);
    InetSocketAddress real = client.owner.route(sensor, datagram, sealed);
    if (real != null) {
      client.send(sealed.position() == 0 ? datagram : sealed.flip(), real);
    }
  }

  private static @Nullable InetSocketAddress route(
      FakeSocket from, InetSocketAddress to, String text) {
    return from.owner.route(to, bytes(text), ByteBuffer.allocate(100));
  }

  private void pass(Duration time) {
    loop.pass(time.toNanos());
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
