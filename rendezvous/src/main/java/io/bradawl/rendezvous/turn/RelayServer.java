package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.turn.PeerRules;
import io.bradawl.protocol.turn.TurnMachine;
import io.bradawl.rendezvous.net.Batch;
import io.bradawl.rendezvous.net.IoKind;
import io.bradawl.rendezvous.net.Segmentation;
import io.bradawl.rendezvous.stun.BindingResponder;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all listeners of the relay share. */
public final class RelayServer {

  private static final Logger LOG = LoggerFactory.getLogger("rendezvous.turn");

  private final RelaySettings settings;
  private final IoKind io;
  private final Telemetry telemetry;
  private final AllocationCounts counts;
  private final Bandwidth bandwidth;
  private final RelayDirectory directory;
  private final RelayPorts ports;
  private final Segmentation segmentation;
  private final PeerRules rules;

  public RelayServer(RelaySettings settings, IoKind io, Telemetry telemetry) {
    this.settings = settings;
    this.io = io;
    this.telemetry = telemetry;
    this.counts = new AllocationCounts(settings.quotas());
    this.bandwidth = new Bandwidth(settings.quotas(), System.nanoTime());
    this.directory = new RelayDirectory(settings.addresses());
    this.ports = new RelayPorts(settings, new SecureRandom());
    this.segmentation = new Segmentation(io == IoKind.EPOLL);
    this.rules = new LiveRules(settings, directory.relayed());
    LOG.info(
        "relaying on ports {} to {} of {}",
        settings.firstPort(),
        settings.lastPort(),
        settings.addresses());
  }

  /** Handles TURN of a UDP listener, and passes everything else on. One for each listener. */
  public ChannelHandler udp(EventLoop loop) {
    return new UdpTurnHandler(this, new Batch(loop));
  }

  /** Takes connections over that turn out to be TURN's; all of them live on {@code loop}. */
  public TurnTakeover streams(EventLoop loop, BindingResponder binding) {
    Batch batch = new Batch(loop);
    return new TurnTakeover(new StreamTurnClients(this, batch), binding, batch);
  }

  <C> TurnMachine<C> machine() {
    return new TurnMachine<>(
        settings.limits(), counts, rules, RandomGenerator.of("SplittableRandom"));
  }

  RelaySettings settings() {
    return settings;
  }

  IoKind io() {
    return io;
  }

  Telemetry telemetry() {
    return telemetry;
  }

  /** Datagrams were dropped, since a socket takes no more. */
  void congested(int datagrams) {
    telemetry.measures().add(Measure.RELAY_CONGESTED, datagrams);
  }

  Bandwidth bandwidth() {
    return bandwidth;
  }

  RelayDirectory directory() {
    return directory;
  }

  RelayPorts ports() {
    return ports;
  }

  Segmentation segmentation() {
    return segmentation;
  }
}
