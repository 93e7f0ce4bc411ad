package io.bradawl.rendezvous.server;

import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.rendezvous.admission.RealmFile;
import io.bradawl.rendezvous.admission.RealmList;
import io.bradawl.rendezvous.cluster.ClusterRegistry;
import io.bradawl.rendezvous.cluster.ClusterSettings;
import io.bradawl.rendezvous.cluster.Neighbour;
import io.bradawl.rendezvous.directory.Directory;
import io.bradawl.rendezvous.directory.MemoryRegistry;
import io.bradawl.rendezvous.directory.Registry;
import io.bradawl.rendezvous.net.Inlet;
import io.bradawl.rendezvous.net.IoKind;
import io.bradawl.rendezvous.net.StunFrames;
import io.bradawl.rendezvous.stun.BindingResponder;
import io.bradawl.rendezvous.stun.BindingService;
import io.bradawl.rendezvous.stun.Seat;
import io.bradawl.rendezvous.telemetry.Readiness;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.bradawl.rendezvous.turn.RelayServer;
import io.bradawl.rendezvous.turn.RelaySettings;
import io.bradawl.rendezvous.turn.TurnTakeover;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * STUN and signalling on one port, over UDP and TCP, and over TLS on others. One thread serves all
 * of TCP, so the directory needs no lock; another one serves UDP, so a flood of datagrams does not
 * hold up signalling.
 */
public final class RendezvousServer implements AutoCloseable {

  private static final WriteBufferWaterMark UNREAD = new WriteBufferWaterMark(32 * 1024, 64 * 1024);
  private static final int BACKLOG = 1024;
  private static final long LOOK_EVERY = 1000;
  private static final Logger LOG = LoggerFactory.getLogger("rendezvous");

  private final IoKind io = IoKind.best();
  private final EventLoopGroup signalling = io.loop("rendezvous-tcp");
  private final EventLoopGroup datagrams =
      io.loops("rendezvous-udp", Runtime.getRuntime().availableProcessors());
  private final ChannelGroup connections = new DefaultChannelGroup(signalling.next());
  private final List<Channel> listeners = new ArrayList<>();
  private final List<Channel> udpSockets = new ArrayList<>();
  private final List<InetSocketAddress> addresses = new ArrayList<>();
  private final List<InetSocketAddress> tlsAddresses = new ArrayList<>();
  private final Telemetry telemetry;
  private final BindingService stun;
  private final ConnectionGate gate;
  private final Registry<PeerConnection> registry;
  private final SignalRouter router;
  private final @Nullable RelayServer relay;
  private @Nullable TlsService tls;

  private RendezvousServer(ServerSettings settings, RealmList realms, Telemetry telemetry) {
    Limits limits = settings.limits();
    RelaySettings relaying = settings.relay();
    this.telemetry = telemetry;
    this.stun = new BindingService(settings.stun().software(), telemetry);
    this.relay = relaying == null ? null : new RelayServer(relaying, io, telemetry);
    Directory<PeerConnection> directory = new Directory<>();
    this.registry = registry(settings, directory);
    this.router =
        new SignalRouter(
            directory,
            registry,
            limits,
            realms,
            relaying == null ? null : relaying.access(),
            telemetry);
    BindingResponder binding = stun.streams();
    TurnTakeover turn = relay == null ? null : relay.streams(signalling.next(), binding);
    this.gate = new ConnectionGate(router, limits, connections, binding, turn, telemetry);
  }

  private Registry<PeerConnection> registry(
      ServerSettings settings, Directory<PeerConnection> directory) {
    ClusterSettings cluster = settings.cluster();
    return cluster == null
        ? new MemoryRegistry<>(directory)
        : new ClusterRegistry<>(
            cluster,
            settings.limits().ofCluster(),
            directory,
            signalling.next(),
            new FromOtherNodes(),
            telemetry.readiness());
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
        server.follow(realms);
      }
      for (InetSocketAddress address : settings.listen()) {
        server.listen(address);
      }
      InetSocketAddress alternate = settings.stun().alternate();
      if (alternate != null) {
        server.discover(alternate);
      }
      TlsSettings tls = settings.tls();
      if (tls != null) {
        server.listen(tls, settings.limits());
      }
      telemetry.readiness().rid(Readiness.Obstacle.STARTING);
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /** Not on the signalling thread, for file systems can be slow. */
  private void follow(RealmFile realms) {
    datagrams
        .next()
        .scheduleWithFixedDelay(() -> look(realms), LOOK_EVERY, LOOK_EVERY, TimeUnit.MILLISECONDS);
  }

  private void look(RealmFile realms) {
    try {
      RealmList changed = realms.readIfChanged();
      if (changed != null) {
        LOG.info("serving {} from now on", changed);
        signalling.execute(() -> router.realms(changed));
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
    EventLoop loop = signalling.next();
    return CompletableFuture.supplyAsync(
            () -> new Relocation(loop, router.peers(), limit).start(), loop)
        .join();
  }

  /** The newest peers, at most so many. */
  public CompletableFuture<Census> census(int most) {
    return CompletableFuture.supplyAsync(() -> router.census(most), signalling.next());
  }

  /** Completes once every thread has done something else: it is not stuck. */
  public CompletableFuture<Void> pulse() {
    return CompletableFuture.allOf(
        Stream.of(signalling, datagrams)
            .flatMap(group -> StreamSupport.stream(group.spliterator(), false))
            .map(loop -> CompletableFuture.runAsync(() -> {}, loop))
            .toArray(CompletableFuture[]::new));
  }

  /** Closes listeners, then connections, and ends the threads; returns when all is done. */
  @Override
  public void close() {
    registry.close();
    listeners.forEach(listener -> listener.close().syncUninterruptibly());
    connections.forEach(connection -> Closing.close(connection, "the rendezvous is shutting down"));
    connections.newCloseFuture().awaitUninterruptibly(1, TimeUnit.SECONDS);
    signalling.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    datagrams.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    signalling.terminationFuture().awaitUninterruptibly();
    datagrams.terminationFuture().awaitUninterruptibly();
    if (tls != null) {
      tls.close();
    }
  }

  /** One UDP socket for each thread; the kernel gives all datagrams of one source to the same. */
  private void listen(InetSocketAddress address) throws IOException {
    InetSocketAddress bound = address(bind("tcp", address, tcp(gate).bind(address)));
    List<Channel> sockets = new ArrayList<>();
    for (EventExecutor thread : datagrams) {
      Bootstrap udp = udp(Seat.FIRST).group((EventLoop) thread);
      sockets.add(bind("udp", bound, udp.bind(bound)));
    }
    udpSockets.add(sockets.get(0));
    addresses.add(bound);
  }

  private void discover(InetSocketAddress alternate) throws IOException {
    DiscoverySockets sockets =
        DiscoverySockets.open(
            udpSockets,
            alternate,
            (seat, address) -> bind("udp", address, udp(seat).group(datagrams).bind(address)));
    stun.discover(sockets.addresses(), sockets.channels());
  }

  private Bootstrap udp(Seat seat) {
    Bootstrap udp = new Bootstrap().channel(io.udp());
    if (io.sharesPorts()) {
      udp.option(UnixChannelOption.SO_REUSEPORT, true);
    }
    return udp.handler(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            Inlet.open(channel, Inlet.OF_LISTENER);
            if (relay != null) {
              channel.pipeline().addLast(relay.udp(channel.eventLoop()));
            }
            channel.pipeline().addLast(stun.datagrams(seat));
          }
        });
  }

  private void listen(TlsSettings settings, Limits limits) throws IOException {
    TlsService service = new TlsService(settings.certificate(), gate, limits, telemetry);
    tls = service;
    for (InetSocketAddress address : settings.listen()) {
      tlsAddresses.add(address(bind("tls", address, tcp(service.entrance()).bind(address))));
    }
  }

  private ServerBootstrap tcp(ChannelHandler entrance) {
    return new ServerBootstrap()
        .group(signalling)
        .channel(io.tcp())
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNREAD)
        .childHandler(entrance);
  }

  private Channel bind(String transport, InetSocketAddress address, ChannelFuture bind)
      throws IOException {
    bind.awaitUninterruptibly();
    Throwable cause = bind.cause();
    if (cause != null) {
      throw new IOException(
          "cannot listen on "
              + transport
              + " "
              + text(address)
              + ": "
              + cause.getMessage()
              + "; end what uses it or choose another address",
          cause);
    }
    listeners.add(bind.channel());
    return bind.channel();
  }

  private static InetSocketAddress address(Channel listener) {
    return (InetSocketAddress) listener.localAddress();
  }

  private static String text(InetSocketAddress address) {
    return address.isUnresolved() ? address.toString() : StunFrames.address(address).toString();
  }

  /** Nothing of theirs comes before the first peer has been entered by the router. */
  private final class FromOtherNodes implements Neighbour {

    @Override
    public void moved(PeerInstance who) {
      router.moved(who);
    }

    @Override
    public boolean arrived(PeerInstance to, Signal.Indication indication) {
      return router.arrived(to, indication);
    }
  }
}
