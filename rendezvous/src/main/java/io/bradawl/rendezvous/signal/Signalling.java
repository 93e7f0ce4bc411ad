package io.bradawl.rendezvous.signal;

import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.rendezvous.admission.Limits;
import io.bradawl.rendezvous.admission.RealmList;
import io.bradawl.rendezvous.cluster.ClusterRegistry;
import io.bradawl.rendezvous.cluster.ClusterSettings;
import io.bradawl.rendezvous.cluster.Neighbour;
import io.bradawl.rendezvous.directory.Directory;
import io.bradawl.rendezvous.directory.MemoryRegistry;
import io.bradawl.rendezvous.directory.Registration;
import io.bradawl.rendezvous.directory.Registry;
import io.bradawl.rendezvous.net.RateLimit;
import io.bradawl.rendezvous.net.RateLimit.Rate;
import io.bradawl.rendezvous.stun.BindingResponder;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.bradawl.rendezvous.turn.RelayAccess;
import io.bradawl.rendezvous.turn.TurnTakeover;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Registers the peers of all connections and carries what they say to each other. Everything
 * happens on one event loop, that of the connections, so the directory needs no lock.
 */
public final class Signalling implements AutoCloseable {

  private static final Rate COMPLAINTS = Rate.of(10, 100);

  private final EventLoop thread;
  private final Limits limits;
  private final Telemetry telemetry;
  private final Directory<PeerConnection> directory = new Directory<>();
  private final Registry<PeerConnection> registry;
  private final Registrar registrar;
  private final SignalRouter router;
  private final SilenceWatch silence;

  /**
   * @param thread of all connections
   * @param realms that are served
   * @param cluster how other nodes are known; {@code null} for a node that is alone
   * @param relay gives leave to registered peers; {@code null} for none
   */
  public Signalling(
      EventLoop thread,
      Limits limits,
      RealmList realms,
      @Nullable ClusterSettings cluster,
      @Nullable RelayAccess relay,
      Telemetry telemetry) {
    this.thread = thread;
    this.limits = limits;
    this.telemetry = telemetry;
    this.registry = cluster == null ? new MemoryRegistry<>(directory) : shared(cluster);
    SignalJournal journal = new SignalJournal(telemetry);
    Admission admission = new Admission(realms, limits.quotas(), telemetry);
    this.registrar = new Registrar(directory, registry, admission, limits, relay, journal);
    this.router =
        new SignalRouter(
            registrar,
            new Inquiries(registrar, registry, journal),
            new Courier(registrar, registry, limits.quotas(), journal));
    this.silence = new SilenceWatch(limits);
    silence.start(thread);
  }

  private Registry<PeerConnection> shared(ClusterSettings cluster) {
    return new ClusterRegistry<>(
        cluster, limits.ofCluster(), directory, thread, new FromOtherNodes(), telemetry);
  }

  /**
   * What listens to the connections that are let in.
   *
   * @param binding answers those that only ask for their address
   * @param turn takes over those that are the relay's; {@code null} without relay
   */
  public Consumer<Channel> reception(BindingResponder binding, @Nullable TurnTakeover turn) {
    Exchange exchange =
        new Exchange(
            router,
            binding,
            turn,
            Rate.of(limits.messagesPerSecond(), 10 * limits.messagesPerSecond()),
            silence,
            new RateLimit(COMPLAINTS, System.nanoTime()),
            telemetry);
    return connection -> connection.pipeline().addLast(new SignallingHandler(exchange));
  }

  /** From now on only these realms are served; members of others are disconnected. Any thread. */
  public void realms(RealmList realms) {
    thread.execute(() -> registrar.realms(realms));
  }

  /**
   * Asks all peers to move to another server. Any thread.
   *
   * @param limit when this one stops
   * @return how long it takes until all have been asked
   */
  public CompletableFuture<Duration> relocate(Duration limit) {
    return CompletableFuture.supplyAsync(
        () -> {
          var peers = registrar.all().stream().map(Registration::connection).toList();
          return new Relocation(thread, peers, limit).start();
        },
        thread);
  }

  /** The newest peers, at most so many. Any thread. */
  public CompletableFuture<Census> census(int most) {
    return CompletableFuture.supplyAsync(() -> Census.of(registrar.all(), most), thread);
  }

  /** Tells other nodes that this one goes. Peers that are still here count as on their way. */
  @Override
  public void close() {
    registry.close();
  }

  /** Nothing of theirs comes before the first peer has been entered by the registrar. */
  private final class FromOtherNodes implements Neighbour {

    @Override
    public void moved(PeerInstance who) {
      registrar.moved(who);
    }

    @Override
    public boolean arrived(PeerInstance to, Signal.Indication indication) {
      Registration<PeerConnection> recipient = directory.of(to);
      return recipient != null && recipient.connection().send(indication);
    }
  }
}
