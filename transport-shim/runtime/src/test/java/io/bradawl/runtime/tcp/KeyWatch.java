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
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.signal.Security;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.runtime.address.VirtualAddresses;
import io.bradawl.runtime.address.VirtualRange;
import io.bradawl.runtime.kernel.Departures;
import io.bradawl.runtime.kernel.TcpTable;
import io.bradawl.runtime.loop.NettyDriverLoop;
import io.bradawl.runtime.path.PathTally;
import io.bradawl.runtime.relay.TcpRelay;
import io.bradawl.runtime.session.AgreedSession;
import io.bradawl.runtime.session.PathEnd;
import io.bradawl.runtime.session.Sessions;
import io.bradawl.runtime.splice.SpliceLoops;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One session with a peer that is nowhere, and whether its keys have been wiped. */
final class KeyWatch implements AutoCloseable {

  static final SessionId SESSION = new SessionId(1, 1);

  final NettyDriverLoop loop = new NettyDriverLoop();
  final Offered offered = new Offered();
  final Surroundings with;
  private final SessionKeys keys = new SessionKeys(direction(), direction(), Octets.of());
  private final ProofKeys checks = checks();

  KeyWatch() {
    SpliceLoops splices = new SpliceLoops();
    PathTally paths = new PathTally(counts -> {});
    with =
        new Surroundings(
            loop,
            offered,
            new VirtualAddresses(VirtualRange.parse("240.0.0.0/4"), "peer"),
            new Random(1),
            new ApplicationEnds(
                port -> Security.ENCRYPTED,
                new NoNames(),
                paths,
                new Departures(loop, new TcpTable(Path.of("/proc/self")), Runnable::run),
                splices),
            new TcpRelay(loop, null, splices, new Random(1)));
  }

  /** As both sides see it that have agreed on it just now. */
  AgreedSession agreed(Role role, List<Candidate> mine, Duration patience) {
    PathSession path = path(role, mine, checks, patience);
    assertThat(isProven(role)).isTrue();
    PeerInstance peer = new PeerInstance(new PeerId(Octets.of(new byte[PeerId.LENGTH])), 1);
    return new AgreedSession(peer, 9092, Security.ENCRYPTED, path, keys);
  }

  void onLoop(Runnable task) throws Exception {
    CompletableFuture.runAsync(task, loop).get(1, TimeUnit.MINUTES);
  }

  void assertWiped() throws Exception {
    onLoop(() -> {}); // what was begun there is over
    for (SessionKeys.Direction each : List.of(keys.sending(), keys.receiving())) {
      assertThat(each.stream().isDestroyed()).isTrue();
      assertThat(each.datagrams().isDestroyed()).isTrue();
    }
    assertThat(isProven(Role.OFFERER)).isFalse();
    assertThat(isProven(Role.ANSWERER)).isFalse();
  }

  @Override
  public void close() {
    loop.close();
  }

  /** Whether {@code verifier} still believes the other side. */
  private boolean isProven(Role verifier) {
    PathSession theirs = path(verifier.other(), List.of(), checks(), Duration.ZERO);
    Octets said = theirs.proof().request(new TransactionId(1, 2), false);
    PathSession ours = path(verifier, List.of(), checks, Duration.ZERO);
    return ours.proof().verify(said.asByteBuffer()) != null;
  }

  private PathSession path(Role role, List<Candidate> mine, ProofKeys checks, Duration patience) {
    return new PathSession(
        SESSION,
        role,
        checks,
        mine,
        List.of(),
        loop.now(),
        loop.now() + patience.toNanos(),
        Duration.ZERO);
  }

  private static ProofKeys checks() {
    return ProofKeys.of(Octets.of(new byte[32]), Octets.of(new byte[32]));
  }

  private static SessionKeys.Direction direction() {
    return new SessionKeys.Direction(Secret.zeros(32), Secret.zeros(32), Secret.zeros(32));
  }

  /** Takes one offer; reaches no rendezvous. */
  static final class Offered implements Sessions {

    final CompletableFuture<OfferOutcome> outcome = new CompletableFuture<>();
    final CompletableFuture<SessionId> withdrawn = new CompletableFuture<>();
    final CompletableFuture<@Nullable String> settled = new CompletableFuture<>();
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
    public void whenRegistered(Runnable then) {
      // Once, before anything that these tests look at.
    }

    @Override
    public void whenSettled(Duration patience, Consumer<@Nullable String> then) {
      settled.thenAccept(then);
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
