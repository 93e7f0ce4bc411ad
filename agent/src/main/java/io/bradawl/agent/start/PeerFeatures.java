package io.bradawl.agent.start;

import io.bradawl.agent.config.AgentConfig;
import io.bradawl.agent.config.ExposedPorts;
import io.bradawl.agent.config.RendezvousAddress;
import io.bradawl.agent.config.TurnConfig;
import io.bradawl.agent.hook.Awaited;
import io.bradawl.agent.hook.Feature;
import io.bradawl.agent.hook.name.PeerNames;
import io.bradawl.agent.hook.reuse.ReusablePorts;
import io.bradawl.agent.hook.tcp.BridgedLocalNames;
import io.bradawl.agent.hook.tcp.TcpPaths;
import io.bradawl.agent.hook.udp.UdpPaths;
import io.bradawl.agent.log.AgentLog;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.crypto.X25519KeyPair;
import io.bradawl.protocol.realm.Realm;
import io.bradawl.protocol.signal.Security;
import io.bradawl.protocol.turn.client.TurnAccount;
import io.bradawl.runtime.PeerRuntime;
import io.bradawl.runtime.RuntimeSettings;
import io.bradawl.runtime.address.PeerResolver;
import io.bradawl.runtime.address.VirtualAddresses;
import io.bradawl.runtime.signal.RendezvousServer;
import io.bradawl.runtime.tcp.ReuseMode;
import io.bradawl.runtime.tcp.TcpPeers;
import io.bradawl.runtime.turn.ConfiguredTurn;
import io.bradawl.runtime.udp.UdpPeers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What needs a rendezvous, and the start of the runtime behind it. */
final class PeerFeatures {

  /** How long an operation on a peer waits for the runtime. */
  private static final int PATIENCE_SECONDS = 10;

  private final AgentConfig config;
  private final AgentLog log;
  private final VirtualAddresses addresses;
  private final TcpPeers tcp;
  private final UdpPeers udp;
  private final Awaited<PeerResolver> resolver = new Awaited<>(PATIENCE_SECONDS);

  PeerFeatures(AgentConfig config, AgentLog log) {
    this.config = config;
    this.log = log;
    this.addresses = new VirtualAddresses(config.range(), config.suffix());
    this.tcp = new TcpPeers(addresses, new TcpSecurity(), new BridgedLocalNames());
    this.udp = new UdpPeers(addresses, new UdpSecurity());
  }

  /** They wait for the runtime when they are first used. */
  List<Feature> list() {
    ExposedPorts exposed = config.security().expose();
    ReusablePorts reusable = new ReusablePorts(config.reusePorts());
    return List.of(
        new PeerNames(config.suffix(), config.range(), resolver),
        new TcpPaths(config.range(), tcp, reuse(), reusable, exposed, log),
        new UdpPaths(udp, config.range(), exposed, log));
  }

  /** Starts the runtime. */
  void start() {
    sayWhatHolds();
    RuntimeStart.inBackground(new Start(), resolver, log);
  }

  private void sayWhatHolds() {
    if (config.security().allow().isClosed()) {
      log.info(
          "no peer may open paths to this process; bradawl.secret.file or bradawl.allow lets them"
              + " in");
    }
  }

  /** A class rather than a method reference, which would be made by invokedynamic. */
  private final class TcpSecurity implements IntFunction<Security> {
    @Override
    public Security apply(int port) {
      return config.security().tcp().of(port);
    }
  }

  private ReuseMode reuse() {
    return switch (config.reuse()) {
      case ON -> ReuseMode.ON;
      case LAZY -> ReuseMode.LAZY;
      case OFF -> ReuseMode.OFF;
    };
  }

  private final class UdpSecurity implements IntFunction<Security> {
    @Override
    public Security apply(int port) {
      return config.security().udp().of(port);
    }
  }

  private final class Start implements Callable<PeerResolver> {
    @Override
    public PeerResolver call() {
      try {
        PeerRuntime runtime = startRuntime();
        tcp.start(runtime.loop(), runtime.sessions(), runtime.random(), runtime.turn());
        udp.start(
            runtime.loop(), runtime.sessions(), runtime.random(), runtime.turn(), runtime.stun());
        return runtime.resolver();
      } catch (RuntimeException | LinkageError e) {
        tcp.startFailed("the Bradawl runtime did not start: " + e);
        udp.startFailed();
        throw e;
      }
    }

    private PeerRuntime startRuntime() {
      List<RendezvousServer> servers = new ArrayList<>();
      for (RendezvousAddress server : config.rendezvous()) {
        servers.add(
            server.tls()
                ? RendezvousServer.tls(server.host(), server.port())
                : new RendezvousServer(server.host(), server.port()));
      }
      return PeerRuntime.start(
          new RuntimeSettings(
              servers,
              config.name(),
              config.peers(),
              realm(),
              identity(),
              config.security().allow(),
              config.tlsTrust(),
              stun(),
              turn()),
          addresses);
    }

    private List<RendezvousServer> stun() {
      List<RendezvousServer> servers = new ArrayList<>();
      for (RendezvousAddress server : config.stun()) {
        servers.add(new RendezvousServer(server.host(), server.port()));
      }
      return servers;
    }

    private @Nullable ConfiguredTurn turn() {
      TurnConfig turn = config.turn();
      return turn == null
          ? null
          : new ConfiguredTurn(turn.servers(), TurnAccount.of(turn.user(), turn.password()));
    }

    private @Nullable Realm realm() {
      Secret secret = config.security().realmSecret();
      return secret == null ? null : Realm.of(secret);
    }

    private @Nullable X25519KeyPair identity() {
      Secret key = config.security().identityKey();
      return key == null ? null : X25519KeyPair.of(key);
    }
  }
}
