package io.bradawl.runtime.signal;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.signal.PathCounts;
import io.bradawl.protocol.signal.Registrant;
import io.bradawl.protocol.signal.RegistrationInput;
import io.bradawl.protocol.signal.RegistrationMachine;
import io.bradawl.protocol.signal.RegistrationOutput;
import io.bradawl.protocol.signal.RegistrationTimes;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.turn.RelayGrant;
import io.bradawl.runtime.dial.Dial;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.loop.NettyDriverLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives a {@link RegistrationMachine} over Netty connections. State belongs to the driver loop.
 */
public final class RendezvousLink implements Signalling {

  private static final Logger log = LoggerFactory.getLogger("bradawl.rendezvous");

  private final NettyDriverLoop loop;
  private final Dial dial;
  private final List<RendezvousServer> servers;

  /**
   * Where TLS is tried first: plain TCP connects and nobody answers, as in a network that pretends,
   * or TLS was what got through the last time.
   */
  private final Set<RendezvousServer> byTls = new HashSet<>();

  private final PeerInstance self;
  private final RegistrationMachine machine;
  private final Map<Long, CompletableFuture<Signal.Found>> lookups = new HashMap<>();
  private Receiver receiver = signal -> {};
  private long tickets;
  private final Map<Long, RendezvousConnection> connections = new HashMap<>();
  private DriverLoop.@Nullable Timer timer;
  private volatile CompletableFuture<InetSocketAddress> server = new CompletableFuture<>();
  private volatile @Nullable ServerRoute route;
  private volatile @Nullable RelayGrant relay;
  private volatile CompletableFuture<Void> registered = new CompletableFuture<>();
  private volatile Duration rtt = Duration.ZERO;

  /**
   * A link that does nothing before {@link #start}.
   *
   * @param dial opens the connections
   * @param servers in order of preference, at least one
   * @param random must be cryptographically strong outside of tests
   */
  public RendezvousLink(
      NettyDriverLoop loop,
      Dial dial,
      List<RendezvousServer> servers,
      Registrant registrant,
      RandomGenerator random) {
    this.loop = loop;
    this.dial = dial;
    this.servers = List.copyOf(servers);
    this.self = registrant.self();
    List<String> shown = servers.stream().map(RendezvousServer::toString).toList();
    machine = new RegistrationMachine(registrant, shown, RegistrationTimes.DEFAULT, random);
  }

  /**
   * Begins to register, and goes on for as long as the loop lives.
   *
   * @param receiver gets what is routed to this peer
   */
  public void start(Receiver receiver) {
    loop.execute(
        () -> {
          this.receiver = receiver;
          drive(new RegistrationInput.Start());
        });
  }

  @Override
  public void send(Signal.Indication signal) {
    tell(new RegistrationInput.Tell(signal));
  }

  @Override
  public void doubt() {
    tell(new RegistrationInput.Doubt());
  }

  @Override
  public void serve(Set<Service> services) {
    tell(new RegistrationInput.Serve(services));
  }

  @Override
  public void report(PathCounts paths) {
    tell(new RegistrationInput.Report(paths));
  }

  @Override
  public CompletableFuture<Signal.Found> lookup(Signal.Lookup what) {
    CompletableFuture<Signal.Found> result = new CompletableFuture<>();
    loop.execute(
        () -> {
          long ticket = ++tickets;
          lookups.put(ticket, result);
          drive(new RegistrationInput.Find(ticket, what));
        });
    return result;
  }

  @Override
  public CompletableFuture<Void> registered() {
    return registered.copy();
  }

  @Override
  public Duration rtt() {
    return rtt;
  }

  @Override
  public CompletableFuture<InetSocketAddress> server() {
    return server.copy();
  }

  @Override
  public @Nullable ServerRoute route() {
    return route;
  }

  @Override
  public @Nullable RelayGrant relay() {
    return relay;
  }

  private void tell(RegistrationInput input) {
    loop.execute(() -> drive(input));
  }

  /** The drain rule of {@link Machine}. */
  void drive(RegistrationInput input) {
    machine.handle(input, loop.now());
    drain();
  }

  private void tick() {
    machine.tick(loop.now());
    drain();
  }

  private void drain() {
    for (RegistrationOutput output = machine.poll(); output != null; output = machine.poll()) {
      perform(output);
    }
    rtt = machine.rtt();
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    long next = machine.nextTimeout();
    if (next != Machine.NEVER) {
      timer = loop.at(next, this::tick);
    }
  }

  private void perform(RegistrationOutput output) {
    if (output instanceof RegistrationOutput.Resolve resolve) {
      resolve(resolve.server());
    } else if (output instanceof RegistrationOutput.Connect connect) {
      connect(connect);
    } else if (output instanceof RegistrationOutput.Disconnect disconnect) {
      disconnect(disconnect.connection());
    } else if (output instanceof RegistrationOutput.Send send) {
      send(send);
    } else if (output instanceof RegistrationOutput.Deliver deliver) {
      receiver.received(deliver.indication());
    } else if (output instanceof RegistrationOutput.LookupDone done) {
      finish(done.ticket()).complete(done.found());
    } else if (output instanceof RegistrationOutput.LookupFailed failed) {
      finish(failed.ticket())
          .completeExceptionally(new SignallingException(failed.reason(), failed.text()));
    } else if (output instanceof RegistrationOutput.Up up) {
      up(up);
    } else if (output instanceof RegistrationOutput.Relay granted) {
      relay = granted.grant();
    } else if (output instanceof RegistrationOutput.Down down) {
      down(down);
    }
  }

  private void resolve(int index) {
    HostLookup.of(servers.get(index))
        .thenAcceptAsync(
            addresses -> drive(new RegistrationInput.Resolved(index, addresses)), loop);
  }

  private void connect(RegistrationOutput.Connect node) {
    RendezvousServer to = servers.get(node.server());
    TransportAddress address = node.address();
    InetAddress ip = address == null ? null : address.ip();
    RendezvousConnection connection = new RendezvousConnection(node.connection(), to, this);
    connections.put(node.connection(), connection);
    connection.open(new ServerRace(loop, dial, to, ip, connection), byTls.contains(to));
  }

  private void disconnect(long number) {
    RendezvousConnection left = connections.remove(number);
    if (left != null) {
      left.close();
      forget(left);
    }
  }

  /** The other side has closed it, or it did not come about. */
  void lost(RendezvousConnection connection, String why) {
    connections.remove(connection.number());
    forget(connection);
    drive(new RegistrationInput.Disconnected(connection.number(), why));
  }

  private void forget(RendezvousConnection connection) {
    if (connection.isMute()) {
      byTls.add(connection.server());
    }
  }

  private void send(RegistrationOutput.Send send) {
    RendezvousConnection connection = connections.get(send.connection());
    if (connection != null) {
      connection.send(send.message());
    }
  }

  private CompletableFuture<Signal.Found> finish(long ticket) {
    CompletableFuture<Signal.Found> lookup = lookups.remove(ticket);
    return lookup != null ? lookup : new CompletableFuture<>();
  }

  /**
   * Called by the connection as soon as it stands, on the loop. While another one is in use, this
   * one may come to nothing.
   */
  void reached(ServerRoute by) {
    if (!machine.isUp()) {
      inUse(by);
    }
  }

  private void inUse(ServerRoute by) {
    route = by;
    InetSocketAddress plain = by.plain();
    if (plain != null && !server.complete(plain)) {
      server = CompletableFuture.completedFuture(plain);
    }
  }

  private void up(RegistrationOutput.Up up) {
    RendezvousConnection connection = connections.get(up.connection());
    ServerRoute by = connection == null ? null : connection.route();
    if (by != null) {
      inUse(by);
      remember(by);
    }
    log.info("registered at {} as {} seen from {}", route, self.id(), up.observed());
    receiver.registered();
    if (!registered.complete(null)) {
      registered = CompletableFuture.completedFuture(null);
    }
  }

  private void remember(ServerRoute by) {
    if (by.tls()) {
      byTls.add(by.server());
    } else {
      byTls.remove(by.server());
    }
  }

  /** Whoever waits is told now; whoever comes later waits for the next attempt. */
  private void down(RegistrationOutput.Down down) {
    log.warn("not registered: {}; trying again", down.text());
    CompletableFuture<Void> waiting = registered;
    registered = new CompletableFuture<>();
    waiting.completeExceptionally(new SignallingException(down.reason(), down.text()));
  }
}
