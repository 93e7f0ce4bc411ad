package io.bradawl.rendezvous.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.rendezvous.admission.Limits;
import io.bradawl.rendezvous.cluster.ClusterSettings;
import io.bradawl.rendezvous.cluster.RedisServer;
import io.bradawl.rendezvous.stun.StunSettings;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Readiness.Obstacle;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.bradawl.rendezvous.tls.TestCertificate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes whose Redis speaks TLS. */
@Timeout(120)
class SecuredClusterTest {

  private static final int ATTEMPTS = 2;
  private static final Service H2 = new Service(Transport.TCP, 9092);

  private final List<AutoCloseable> open = new ArrayList<>();

  @TempDir private Path folder;
  private Path authority;
  private RedisServer redis;

  @BeforeEach
  void start() throws Exception {
    TestCertificate.make(folder, "redis", "EC").install(folder);
    authority = folder.resolve("chain.pem");
    redis = RedisServer.startSecured(folder);
    open.add(redis);
  }

  @AfterEach
  void stop() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  @Test
  void peersMeetThroughIt() throws Exception {
    Telemetry first = Telemetry.unseen();
    Telemetry second = Telemetry.unseen();
    RendezvousServer one = node(first, redis.settings(), authority);
    RendezvousServer other = node(second, redis.settings(), authority);
    awaitThere(first, 2);
    awaitThere(second, 2);

    TestPeer db = peer(one, 1, "db");
    TestPeer web = peer(other, 2, "web");
    db.register(H2);
    web.register();
    assertThat(web.ask(new Signal.Lookup(db.self.id()))).isInstanceOf(Signal.Found.class);
    Signal.Withdrawal withdrawal =
        new Signal.Withdrawal(new SessionId(1, 1), web.self, db.self.id());
    web.tell(withdrawal);
    assertThat(db.hear()).isEqualTo(withdrawal);

    assertThat(second.measures().sum(Measure.CLUSTER_SIGNALS_OUT)).isEqualTo(1);
    assertThat(first.measures().sum(Measure.CLUSTER_SIGNALS_IN)).isEqualTo(1);
  }

  @Test
  void whomNobodyTrustedVouchesForIsNotSpokenTo() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    TestCertificate.make(elsewhere, "redis", "EC").install(elsewhere);
    assertAlone(redis.settings(), elsewhere.resolve("chain.pem"));
    assertAlone(redis.settings(), null);
  }

  @Test
  void whoHasAnotherNameIsNotSpokenTo() throws Exception {
    assertAlone(redis.settings("127.0.0.2"), authority);
  }

  /** Redis is there in any case, so a node that could be there would be. */
  private void assertAlone(ClusterSettings settings, @Nullable Path trust) throws Exception {
    Telemetry alone = Telemetry.unseen();
    Telemetry control = Telemetry.unseen();
    node(alone, settings, trust);
    node(control, redis.settings(), authority);
    awaitThere(control, 1);
    while (alone.measures().sum(Measure.REDIS_FAILURES) < ATTEMPTS) {
      Thread.sleep(50);
    }
    assertThat(alone.readiness().obstacles()).containsExactly(Obstacle.CLUSTER_LOST);
    assertThat(alone.measures().sum(Measure.CLUSTER_NODES)).isZero();
  }

  private static void awaitThere(Telemetry node, int nodes) throws InterruptedException {
    while (!node.readiness().obstacles().isEmpty()
        || node.measures().sum(Measure.CLUSTER_NODES) < nodes) {
      Thread.sleep(50);
    }
  }

  private TestPeer peer(RendezvousServer node, int seed, String name) throws Exception {
    TestPeer peer = new TestPeer(node.addresses().get(0), seed, name);
    open.add(peer);
    return peer;
  }

  private RendezvousServer node(Telemetry telemetry, ClusterSettings settings, @Nullable Path trust)
      throws Exception {
    RendezvousServer node =
        RendezvousServer.start(
            new ServerSettings(
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                StunSettings.PLAIN,
                null,
                Limits.DEFAULT,
                null,
                null,
                settings.trusting(trust)),
            telemetry);
    open.add(node);
    return node;
  }
}
