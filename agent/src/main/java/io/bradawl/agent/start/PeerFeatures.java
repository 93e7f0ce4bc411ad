package io.bradawl.agent.start;

import io.bradawl.agent.config.AgentConfig;
import io.bradawl.agent.config.PortSet;
import io.bradawl.agent.config.RendezvousAddress;
import io.bradawl.agent.hook.Awaited;
import io.bradawl.agent.hook.Feature;
import io.bradawl.agent.hook.name.PeerNames;
import io.bradawl.agent.hook.tcp.TcpPaths;
import io.bradawl.agent.hook.udp.UdpPaths;
import io.bradawl.agent.log.AgentLog;
import io.bradawl.runtime.PeerRuntime;
import io.bradawl.runtime.RuntimeSettings;
import io.bradawl.runtime.address.PeerResolver;
import io.bradawl.runtime.address.VirtualAddresses;
import io.bradawl.runtime.signal.RendezvousServer;
import io.bradawl.runtime.tcp.ReuseMode;
import io.bradawl.runtime.tcp.TcpPeers;
import io.bradawl.runtime.udp.UdpPeers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import sun.nio.ch.BradawlPorts;

/** What needs a rendezvous, and the start of the runtime behind it. */
final class PeerFeatures {

  private final AgentConfig config;
  private final AgentLog log;
  private final VirtualAddresses addresses;
  private final TcpPeers tcp;
  private final UdpPeers udp;

  PeerFeatures(AgentConfig config, AgentLog log) {
    this.config = config;
    this.log = log;
    this.addresses = new VirtualAddresses(config.range(), config.suffix());
    this.tcp = new TcpPeers(addresses);
    this.udp = new UdpPeers(addresses);
  }

  /** Starts the runtime; the features wait for it when they are first used. */
  List<Feature> start() {
    log.warn(
        "in this version ("
            + AgentConfig.VERSION
            + ") paths to peers are not encrypted, and whoever reaches the rendezvous may claim any"
            + " name: use it among trusted peers only");
    Awaited<PeerRuntime> runtime = RuntimeStart.inBackground(new Start(), log);
    List<Feature> features = new ArrayList<>();
    features.add(new PeerNames(config.suffix(), config.range(), runtime.map(new Resolver())));
    features.add(new TcpPaths(config.range(), tcp, reuse(), reusable(), log));
    features.add(new UdpPaths(udp, config.range(), log));
    return features;
  }

  private ReuseMode reuse() {
    return switch (config.reuse()) {
      case ON -> ReuseMode.ON;
      case LAZY -> ReuseMode.LAZY;
      case OFF -> ReuseMode.OFF;
    };
  }

  private BradawlPorts reusable() {
    PortSet ports = config.reusePorts();
    return new BradawlPorts() {
      @Override
      public boolean includes(int port) {
        return ports == null || ports.includes(port);
      }
    };
  }

  private final class Start implements Callable<PeerRuntime> {
    @Override
    public PeerRuntime call() {
      try {
        PeerRuntime runtime = start();
        tcp.start(runtime.loop(), runtime.sessions(), runtime.random());
        udp.start(runtime.loop(), runtime.sessions(), runtime.random());
        return runtime;
      } catch (RuntimeException | LinkageError e) {
        tcp.startFailed("the Bradawl runtime did not start: " + e);
        udp.startFailed();
        throw e;
      }
    }

    private PeerRuntime start() {
      List<RendezvousServer> servers = new ArrayList<>();
      for (RendezvousAddress server : config.rendezvous()) {
        servers.add(new RendezvousServer(server.host(), server.port()));
      }
      return PeerRuntime.start(
          new RuntimeSettings(servers, config.name(), config.peers(), null, null), addresses);
    }
  }

  /** A class rather than a method reference, which would be made by invokedynamic. */
  private static final class Resolver implements Function<PeerRuntime, PeerResolver> {
    @Override
    public PeerResolver apply(PeerRuntime runtime) {
      return runtime.resolver();
    }
  }
}
