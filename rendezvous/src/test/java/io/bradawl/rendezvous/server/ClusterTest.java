package io.bradawl.rendezvous.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.signal.Registrant;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.rendezvous.admission.Limits;
import io.bradawl.rendezvous.admission.Quotas;
import io.bradawl.rendezvous.cluster.RedisServer;
import io.bradawl.rendezvous.stun.StunSettings;
import io.bradawl.rendezvous.telemetry.AccessLog;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Measures;
import io.bradawl.rendezvous.telemetry.Readiness;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.lettuce.core.RedisClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three nodes with one Redis. */
@Timeout(120)
class ClusterTest {

  private static final Service H2 = new Service(Transport.TCP, 9092);
  private static final Service COAP = new Service(Transport.UDP, 5683);
  private static final PeerName DB = new PeerName("db");
  private static final Octets DESCRIPTION = Octets.of(new byte[600]);
  private static final long PATIENCE_SECONDS = 40;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private RedisServer redis;
  private Node first;
  private Node second;
  private Node third;

  private record Node(RendezvousServer server, Telemetry telemetry) {
    InetSocketAddress address() {
      return server.addresses().get(0);
    }

    boolean isReady() {
      return telemetry.readiness().obstacles().isEmpty();
    }

    /** With itself. */
    long nodes() {
      return telemetry.measures().sum(Measure.CLUSTER_NODES);
    }

    long sent() {
      return telemetry.measures().sum(Measure.CLUSTER_SIGNALS_OUT);
    }
  }

  @BeforeEach
  void start() throws Exception {
    redis = RedisServer.start();
    first = node();
    second = node();
    third = node();
    for (Node node : nodes) {
      await(node::isReady);
    }
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    nodes.forEach(node -> node.server().close());
    redis.close();
  }

  @Test
  void peersOfDifferentNodesMeet() throws Exception {
    TestPeer db = peer(first, 1, "db");
    TestPeer web = peer(second, 2, "web");
    db.register(H2);
    web.register();
    assertMeeting(web, db, 1);
    assertThat(web.ask(new Signal.Lookup(new PeerName("nobody"))))
        .isEqualTo(new Signal.Rejected(Reason.UNKNOWN_PEER, "no peer nobody is registered"));
  }

  @Test
  void refusalsAndWithdrawalsFindTheirWay() throws Exception {
    TestPeer db = peer(first, 1, "db");
    TestPeer web = peer(second, 2, "web");
    db.register(H2);
    web.register();
    Signal.Offer offer = offer(web, db, 1, H2);
    web.tell(offer);
    assertThat(db.hear()).isEqualTo(offer);
    Signal.Refusal refusal =
        new Signal.Refusal(offer.session(), web.self, Reason.NOT_ALLOWED, "no");
    db.tell(refusal);
    assertThat(web.hear()).isEqualTo(refusal);
    Signal.Withdrawal withdrawal = new Signal.Withdrawal(offer.session(), web.self, db.self.id());
    web.tell(withdrawal);
    assertThat(db.hear()).isEqualTo(withdrawal);

    web.tell(offer(web, db, 2, COAP));
    assertThat(((Signal.Refusal) web.hear()).reason()).isEqualTo(Reason.NOT_LISTENING);
  }

  @Test
  void theNewestHolderIsFoundAtWhicheverNodeItIs() throws Exception {
    TestPeer web = peer(third, 3, "web");
    web.register();
    TestPeer older = peer(first, 1, "db");
    older.register(H2, COAP);
    TestPeer newer = peer(second, 2, "db");
    newer.register(H2);

    assertThat(found(web, new Signal.Lookup(DB))).isEqualTo(newer.self.id());
    assertThat(found(web, new Signal.Lookup(DB, COAP))).isEqualTo(older.self.id());
    newer.close();
    await(() -> found(web, new Signal.Lookup(DB)).equals(older.self.id()));
    older.close();
    await(() -> web.ask(new Signal.Lookup(DB)) instanceof Signal.Rejected);
  }

  @Test
  void aPeerThatRegistersAtAnotherNodeSupersedesItself() throws Exception {
    TestPeer web = peer(third, 2, "web");
    web.register();
    TestPeer before = peer(first, 1, "db");
    before.register(H2);
    TestPeer after = peer(second, 1, "db");
    after.register(H2);
    assertMeeting(web, after, 1);

    Signal.Offer late = offer(before, web, 2, H2);
    before.tell(late);
    assertThat(((Signal.Refusal) before.hear()).reason())
        .as("what it had under way at the old node goes on")
        .isEqualTo(Reason.NOT_LISTENING);
    assertThat(before.register(H2)).isInstanceOf(Signal.Registered.class);
    before.close();
    assertMeeting(web, after, 3);
  }

  @Test
  void quotasHoldAcrossNodes() throws Exception {
    int processes = Quotas.DEFAULT.processesPerPeer();
    for (int i = 0; i < processes; i++) {
      TestPeer process = process(i % 2 == 0 ? first : second, i);
      assertThat(process.register(H2)).isInstanceOf(Signal.Registered.class);
    }
    assertThat(process(third, processes).register(H2))
        .isInstanceOfSatisfying(
            Signal.Rejected.class, no -> assertThat(no.reason()).isEqualTo(Reason.QUOTA));
  }

  @Test
  void withoutRedisEachNodeServesItsOwnPeersAndSaysSo() throws Exception {
    TestPeer db = peer(first, 1, "db");
    TestPeer web = peer(first, 2, "web");
    TestPeer far = peer(second, 3, "far");
    db.register(H2);
    web.register();
    far.register();
    redis.kill();
    await(() -> !first.isReady());
    assertThat(first.telemetry().readiness().obstacles())
        .isEqualTo(Set.of(Readiness.Obstacle.CLUSTER_LOST));
    assertMeeting(web, db, 1);
    TestPeer late = peer(first, 4, "late");
    assertThat(late.register(COAP)).isInstanceOf(Signal.Registered.class);

    redis.restart();
    for (Node node : nodes) {
      await(node::isReady);
    }
    await(() -> far.ask(new Signal.Lookup(new PeerName("late"))) instanceof Signal.Found);
    await(() -> far.ask(new Signal.Lookup(DB)) instanceof Signal.Found);
    await(() -> db.ask(new Signal.Lookup(far.self.id())) instanceof Signal.Found);
    assertMeeting(far, db, 2);
  }

  @Test
  void aRedisThatHangsHoldsNobodyUp() throws Exception {
    TestPeer db = peer(first, 1, "db");
    TestPeer web = peer(first, 2, "web");
    db.register(H2);
    web.register();
    redis.freeze();
    try {
      assertMeeting(web, db, 1);
      await(() -> !first.isReady());
    } finally {
      redis.thaw();
    }
    await(first::isReady);
  }

  @Test
  void aNodeThatStopsLeavesItsPeersToBeFoundAgain() throws Exception {
    TestPeer web = peer(third, 2, "web");
    web.register();
    TestPeer db = peer(first, 1, "db");
    db.register(H2);
    nodes.remove(first);
    first.server().close();
    assertThat(found(web, new Signal.Lookup(DB)))
        .as("it is on its way to another node")
        .isEqualTo(db.self.id());
    web.tell(offer(web, db, 1, H2));
    await(() -> third.sent() == 1); // to where nobody is any more
    TestPeer again = peer(second, 1, "db");
    again.register(H2);
    assertMeeting(web, again, 2);
  }

  @Test
  void peersOfANodeThatDoesNotComeBackAreForgotten() throws Exception {
    TestPeer web = peer(third, 2, "web");
    web.register();
    TestPeer db = peer(first, 1, "db");
    db.register(H2);
    await(() -> third.nodes() == 3);
    nodes.remove(first);
    first.server().close();
    await(() -> third.nodes() == 2);
    await(() -> web.ask(new Signal.Lookup(DB)) instanceof Signal.Rejected);
  }

  @Test
  void garbageInRedisHarmsNobody() throws Exception {
    TestPeer db = peer(first, 1, "db");
    TestPeer web = peer(second, 2, "web");
    db.register(H2);
    web.register();
    Random random = new Random(5);
    RedisClient client = RedisClient.create();
    try (var stranger = redis.stranger(client)) {
      var commands = stranger.sync();
      List<byte[]> channels = commands.pubsubChannels(octets("bradawl:to:*"));
      assertThat(channels).hasSize(3);
      List<byte[]> hashes = commands.keys("bradawl:peer:*");
      assertThat(hashes).hasSize(2);
      for (int i = 0; i < 2000; i++) {
        byte[] garbage = new byte[random.nextInt(200)];
        random.nextBytes(garbage);
        if (garbage.length > 0 && random.nextBoolean()) {
          garbage[0] = (byte) (random.nextBoolean() ? 'S' : 'M');
        }
        commands.publish(channels.get(i % 3), garbage);
        if (i % 20 == 0) {
          commands.hset(hashes.get(i % 2), octets("field " + i), alive(channels.get(0), garbage));
        }
      }
    } finally {
      client.shutdown(0, 1, TimeUnit.SECONDS);
    }
    assertMeeting(web, db, 1);
    assertThat(List.of(first, second, third)).allMatch(Node::isReady);
  }

  /** As if a living node had written it. */
  private static byte[] alive(byte[] channel, byte[] garbage) {
    String node = new String(channel, StandardCharsets.US_ASCII).substring("bradawl:to:".length());
    byte[] value = Arrays.copyOf(octets(node + "9999999999999999"), 32 + garbage.length);
    System.arraycopy(garbage, 0, value, 32, garbage.length);
    return value;
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void assertMeeting(TestPeer web, TestPeer db, int session) throws Exception {
    Signal.Offer offer = offer(web, db, session, H2);
    web.tell(offer);
    assertThat(db.hear()).isEqualTo(offer);
    Signal.Answer answer = new Signal.Answer(offer.session(), db.self, web.self, DESCRIPTION);
    db.tell(answer);
    assertThat(web.hear()).isEqualTo(answer);
  }

  private static Signal.Offer offer(TestPeer from, TestPeer to, int session, Service service) {
    return new Signal.Offer(
        new SessionId(session, session), from.self, to.self.id(), service, DESCRIPTION);
  }

  private static Object found(TestPeer asking, Signal.Lookup what) throws Exception {
    return asking.ask(what) instanceof Signal.Found found ? found.id() : "nobody";
  }

  private TestPeer peer(Node node, int seed, String name) throws Exception {
    TestPeer peer = new TestPeer(node.address(), seed, name);
    open.add(peer);
    return peer;
  }

  /** One of many processes with the same key. */
  private TestPeer process(Node node, int number) throws Exception {
    var one = TestPeer.registrant(9, TestPeer.REALM, "many");
    var self = new PeerInstance(one.self().id(), number);
    TestPeer peer =
        new TestPeer(node.address(), new Registrant(self, one.keys(), one.realm(), one.name()));
    open.add(peer);
    return peer;
  }

  private Node node() throws Exception {
    Telemetry telemetry = new Telemetry(new Measures(), new Readiness(), AccessLog.NONE);
    List<InetSocketAddress> any =
        List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    ServerSettings settings =
        new ServerSettings(
            any, StunSettings.PLAIN, null, Limits.DEFAULT, null, null, redis.settings());
    Node node = new Node(RendezvousServer.start(settings, telemetry), telemetry);
    nodes.add(node);
    return node;
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("still not so").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
