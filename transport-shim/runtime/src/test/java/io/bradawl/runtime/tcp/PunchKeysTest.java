package io.bradawl.runtime.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.noise.SessionKeys;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.ProofKeys;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.signal.Security;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.runtime.address.VirtualAddresses;
import io.bradawl.runtime.address.VirtualRange;
import io.bradawl.runtime.loop.NettyDriverLoop;
import io.bradawl.runtime.path.PathTally;
import io.bradawl.runtime.relay.TcpRelay;
import io.bradawl.runtime.session.AgreedSession;
import io.bradawl.runtime.session.PathEnd;
import io.bradawl.runtime.session.Sessions;
import io.bradawl.runtime.splice.SpliceLoops;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The keys of a connect that comes to nothing are wiped. */
class PunchKeysTest {

  private static final PeerName DB = new PeerName("db");
  private static final SessionId SESSION = new SessionId(1, 1);

  private final NettyDriverLoop loop = new NettyDriverLoop();
  private final SpliceLoops splices = new SpliceLoops();
  private final Offered offered = new Offered();
  private final Surroundings with =
      new Surroundings(
          loop,
          offered,
          new VirtualAddresses(VirtualRange.parse("240.0.0.0/4"), "peer"),
          new Random(1),
          new ApplicationEnds(
              port -> Security.ENCRYPTED, new NoNames(), new PathTally(counts -> {}), splices),
          new TcpRelay(loop, null, splices, new Random(1)));
  private final SessionKeys keys = new SessionKeys(direction(), direction(), Octets.of());

  @AfterEach
  void endLoop() {
    loop.close();
  }

  @Test
  void ofAConnectWhoseApplicationHasGivenUp() throws Exception {
    Application application = new Application();
    Sessions.OfferOutcome outcome = connect(application);
    application.waits = false;
    offered.withdrawn.get(1, TimeUnit.MINUTES);
    onLoop(() -> outcome.answered(agreed(Duration.ofMinutes(1))));
    assertWiped();
  }

  @Test
  void ofAConnectThatIsGivenUpWhilePunching() throws Exception {
    Application application = new Application();
    Sessions.OfferOutcome outcome = connect(application);
    onLoop(() -> outcome.answered(agreed(Duration.ofMinutes(1))));
    application.waits = false;
    offered.withdrawn.get(1, TimeUnit.MINUTES);
    onLoop(() -> {});
    assertWiped();
  }

  @Test
  void ofAPunchThatFindsNoPath() throws Exception {
    Application application = new Application();
    Sessions.OfferOutcome outcome = connect(application);
    onLoop(() -> outcome.answered(agreed(Duration.ofMillis(10))));
    application.failed.get(1, TimeUnit.MINUTES);
    assertWiped();
  }

  private Sessions.OfferOutcome connect(Application application) throws Exception {
    OutgoingConnect connect =
        new OutgoingConnect(with, new ClientPorts(with), application, DB, 9092);
    loop.execute(connect::start);
    return offered.outcome.get(1, TimeUnit.MINUTES);
  }

  private void onLoop(Runnable task) throws Exception {
    CompletableFuture.runAsync(task, loop).get(1, TimeUnit.MINUTES);
  }

  private void assertWiped() {
    for (SessionKeys.Direction each : List.of(keys.sending(), keys.receiving())) {
      assertThat(each.stream().isDestroyed()).isTrue();
      assertThat(each.datagrams().isDestroyed()).isTrue();
    }
  }

  /** With a peer that is nowhere. */
  private AgreedSession agreed(Duration patience) {
    ProofKeys checks = ProofKeys.of(Octets.of(new byte[32]), Octets.of(new byte[32]));
    PathSession path =
        new PathSession(
            SESSION,
            Role.OFFERER,
            checks,
            offered.mine,
            List.of(),
            loop.now(),
            loop.now() + patience.toNanos(),
            Duration.ZERO);
    PeerInstance peer = new PeerInstance(new PeerId(Octets.of(new byte[PeerId.LENGTH])), 1);
    return new AgreedSession(peer, 9092, Security.ENCRYPTED, path, keys);
  }

  private static SessionKeys.Direction direction() {
    return new SessionKeys.Direction(Secret.zeros(32), Secret.zeros(32), Secret.zeros(32));
  }

  private static final class Application implements AppSocket {

    final CompletableFuture<IOException> failed = new CompletableFuture<>();
    volatile boolean waits = true;

    @Override
    public boolean isOpen() {
      return waits;
    }

    @Override
    public long began() {
      return 0;
    }

    @Override
    public @Nullable InetSocketAddress bound() {
      return null;
    }

    @Override
    public boolean commit(SocketChannel connection) {
      return false;
    }

    @Override
    public void fail(IOException reason) {
      failed.complete(reason);
    }
  }

  /** Takes one offer; reaches no rendezvous. */
  private static final class Offered implements Sessions {

    final CompletableFuture<OfferOutcome> outcome = new CompletableFuture<>();
    final CompletableFuture<SessionId> withdrawn = new CompletableFuture<>();
    volatile List<Candidate> mine = List.of();

    @Override
    public PathTally paths() {
      throw new AssertionError("no path comes about here");
    }

    @Override
    public SessionId offer(
        PeerRef to, Service service, PathEnd mine, Duration patience, OfferOutcome outcome) {
      this.mine = mine.candidates();
      this.outcome.complete(outcome);
      return SESSION;
    }

    @Override
    public void withdraw(SessionId session, PeerRef to) {
      withdrawn.complete(session);
    }

    @Override
    public void expose(Service service, OfferHandler handler) {}

    @Override
    public void conceal(Service service) {}

    @Override
    public CompletableFuture<InetSocketAddress> rendezvous() {
      return CompletableFuture.failedFuture(new IOException("no rendezvous"));
    }

    @Override
    public boolean isGuarded() {
      return false;
    }
  }

  private static final class NoNames implements LocalNames {

    @Override
    public void show(InetSocketAddress near, InetSocketAddress far, InetSocketAddress shown) {}

    @Override
    public void forget(InetSocketAddress near) {}
  }
}
