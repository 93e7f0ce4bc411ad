package io.bradawl.rendezvous.server;

import io.bradawl.rendezvous.admission.Limits;
import io.bradawl.rendezvous.admission.RealmFile;
import io.bradawl.rendezvous.admission.RealmList;
import io.bradawl.rendezvous.net.IoKind;
import io.bradawl.rendezvous.signal.Census;
import io.bradawl.rendezvous.signal.Closing;
import io.bradawl.rendezvous.signal.Signalling;
import io.bradawl.rendezvous.stun.BindingService;
import io.bradawl.rendezvous.telemetry.Readiness;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.bradawl.rendezvous.turn.RelayServer;
import io.bradawl.rendezvous.turn.RelaySettings;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** STUN, signalling and TURN on one port, over UDP and TCP, and over TLS on others. */
public final class RendezvousServer implements AutoCloseable {

  private static final long LOOK_EVERY = 1000;
  private static final Logger LOG = LoggerFactory.getLogger("rendezvous");

  private final IoKind io = IoKind.best();
  private final Threads threads = Threads.start(io);
  private final ChannelGroup connections = new DefaultChannelGroup(threads.signalling());
  private final Listeners listeners;
  private final List<InetSocketAddress> addresses = new ArrayList<>();
  private final List<InetSocketAddress> tlsAddresses = new ArrayList<>();
  private final Telemetry telemetry;
  private final Signalling signalling;
  private final ConnectionGate gate;
  private @Nullable TlsService tls;
  private boolean closed;

  private RendezvousServer(ServerSettings settings, RealmList realms, Telemetry telemetry) {
    Limits limits = settings.limits();
    RelaySettings relaying = settings.relay();
    this.telemetry = telemetry;
    BindingService stun = new BindingService(settings.stun().software(), telemetry);
    RelayServer relay = relaying == null ? null : new RelayServer(relaying, io, telemetry);
    this.signalling =
        new Signalling(
            threads.signalling(),
            limits,
            realms,
            settings.cluster(),
            relaying == null ? null : relaying.access(),
            telemetry);
    this.listeners = new Listeners(io, threads, stun, relay, limits.datagramRoom());
    var binding = stun.streams();
    var turn = relay == null ? null : relay.streams(threads.signalling(), binding);
    this.gate =
        new ConnectionGate(limits, connections, signalling.reception(binding, turn), telemetry);
  }

  /** Listens on every address, serves any realm, and has nothing that is not needed. */
  public static RendezvousServer start(List<InetSocketAddress> listen, Limits limits)
      throws IOException {
    return start(ServerSettings.of(listen, limits), Telemetry.unseen());
  }

  /**
   * Listens on every address, UDP and TCP.
   *
   * @throws IOException if one address cannot be listened on, or a file not be read; the message
   *     names it; nothing stays open
   */
  public static RendezvousServer start(ServerSettings settings, Telemetry telemetry)
      throws IOException {
    telemetry.readiness().hinderedBy(Readiness.Obstacle.STARTING);
    RealmFile realms = settings.realms();
    RealmList served = realms == null ? RealmList.ANY : realms.read();
    RendezvousServer server = new RendezvousServer(settings, served, telemetry);
    try {
      if (realms != null) {
        server.repeat(() -> server.look(realms));
      }
      RelaySettings relay = settings.relay();
      if (relay != null) {
        server.repeat(relay.access()::refresh);
      }
      server.listen(settings);
      telemetry.readiness().rid(Readiness.Obstacle.STARTING);
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private void listen(ServerSettings settings) throws IOException {
    for (InetSocketAddress address : settings.listen()) {
      addresses.add(listeners.open(address, gate));
    }
    InetSocketAddress alternate = settings.stun().alternate();
    if (alternate != null) {
      listeners.discover(alternate, settings.stun().external());
    }
    TlsSettings secured = settings.tls();
    if (secured != null) {
      listen(secured, settings.limits());
    }
  }

  private void listen(TlsSettings settings, Limits limits) throws IOException {
    TlsService service = new TlsService(settings.certificate(), gate, limits, telemetry);
    tls = service;
    for (InetSocketAddress address : settings.listen()) {
      tlsAddresses.add(listeners.openTcp("tls", address, service.entrance()));
    }
  }

  /** Looks after files: not on the signalling thread, for file systems can be slow. */
  private void repeat(Runnable look) {
    threads
        .datagrams()
        .next()
        .scheduleWithFixedDelay(look, LOOK_EVERY, LOOK_EVERY, TimeUnit.MILLISECONDS);
  }

  private void look(RealmFile realms) {
    try {
      RealmList changed = realms.readIfChanged();
      if (changed != null) {
        LOG.info("serving {} from now on", changed);
        signalling.realms(changed);
      }
    } catch (IOException e) {
      LOG.error("{}; serving the same realms as before", e.getMessage());
    }
  }

  /** What is listened on, with the real ports. */
  public List<InetSocketAddress> addresses() {
    return List.copyOf(addresses);
  }

  /** What is listened on for TLS, with the real ports. */
  public List<InetSocketAddress> tlsAddresses() {
    return List.copyOf(tlsAddresses);
  }

  /** How many TCP connections are open. */
  public int connections() {
    return connections.size();
  }

  /** {@code epoll} or {@code nio}. */
  public String io() {
    return io.name().toLowerCase(Locale.ROOT);
  }

  /**
   * From now on takes no new peers, and asks those that are here to move to another server. Who
   * cannot stays until {@link #close}.
   *
   * @param limit when {@link #close} will come at the latest
   * @return how long it takes until all have been asked
   */
  public Duration drain(Duration limit) {
    telemetry.readiness().hinderedBy(Readiness.Obstacle.DRAINING);
    return signalling.relocate(limit).join();
  }

  /** The newest peers, at most so many. */
  public CompletableFuture<Census> census(int most) {
    return signalling.census(most);
  }

  /** Completes once every thread has done something else: it is not stuck. */
  public CompletableFuture<Void> pulse() {
    return threads.pulse();
  }

  /**
   * Closes listeners, then connections, and ends the threads; returns when all is done. Does
   * nothing the second time.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    signalling.close();
    listeners.close();
    connections.forEach(connection -> Closing.close(connection, "the rendezvous is shutting down"));
    connections.newCloseFuture().awaitUninterruptibly(1, TimeUnit.SECONDS);
    threads.close();
    if (tls != null) {
      tls.close();
    }
  }
}
