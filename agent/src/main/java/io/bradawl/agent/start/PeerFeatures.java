package io.bradawl.agent.start;

import io.bradawl.agent.config.AgentConfig;
import io.bradawl.agent.config.RendezvousAddress;
import io.bradawl.agent.hook.Awaited;
import io.bradawl.agent.hook.Feature;
import io.bradawl.agent.hook.name.PeerNames;
import io.bradawl.agent.log.AgentLog;
import io.bradawl.runtime.PeerRuntime;
import io.bradawl.runtime.RuntimeSettings;
import io.bradawl.runtime.address.PeerResolver;
import io.bradawl.runtime.address.VirtualAddresses;
import io.bradawl.runtime.signal.RendezvousServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** What needs a rendezvous, and the start of the runtime behind it. */
final class PeerFeatures {

  private final AgentConfig config;
  private final AgentLog log;
  private final VirtualAddresses addresses;

  PeerFeatures(AgentConfig config, AgentLog log) {
    this.config = config;
    this.log = log;
    this.addresses = new VirtualAddresses(config.range(), config.suffix());
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
    return features;
  }

  private final class Start implements Callable<PeerRuntime> {
    @Override
    public PeerRuntime call() {
      List<RendezvousServer> servers = new ArrayList<>();
      for (RendezvousAddress server : config.rendezvous()) {
        servers.add(new RendezvousServer(server.host(), server.port()));
      }
      return PeerRuntime.start(
          new RuntimeSettings(servers, config.name(), config.peers()), addresses);
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
