package io.bradawl.agent.start;

import io.bradawl.agent.config.AgentConfig;
import io.bradawl.agent.config.Reuse;
import io.bradawl.agent.hook.Feature;
import io.bradawl.agent.hook.reuse.ListenerTable;
import io.bradawl.agent.hook.reuse.ReusablePorts;
import io.bradawl.agent.hook.reuse.SharedListeners;
import io.bradawl.agent.hook.reuse.SocketReuse;
import io.bradawl.agent.log.AgentLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one list of what the agent does under a configuration. */
final class Features {

  private static final String PLAIN_SOCKETS = "jdk.net.usePlainSocketImpl";

  private final List<Feature> list = new ArrayList<>();
  private final @Nullable PeerFeatures peers;

  private Features(AgentConfig config, AgentLog log) {
    if (config.reuse() == Reuse.ON) {
      list.add(reuse(config, log));
    }
    if (config.rendezvous().isEmpty()) {
      peers = null;
    } else {
      peers = new PeerFeatures(config, log);
      list.addAll(peers.list());
    }
  }

  static Features of(AgentConfig config, AgentLog log) {
    if (config.rendezvous().isEmpty()) {
      withoutPeers(config, log);
    }
    return new Features(config, log);
  }

  private static void withoutPeers(AgentConfig config, AgentLog log) {
    config.security().discardSecrets();
    if (config.name() != null) {
      log.warn("bradawl.name has no effect without bradawl.rendezvous");
    }
  }

  List<Feature> list() {
    return list;
  }

  /** Starts what works in the background. */
  void start() {
    if (peers != null) {
      peers.start();
    }
  }

  private static Feature reuse(AgentConfig config, AgentLog log) {
    ListenerTable table = new ListenerTable(Path.of("/proc"));
    SharedListeners listeners = new SharedListeners(table, log);
    return new SocketReuse(new ReusablePorts(config.reusePorts()), plainSockets(), listeners);
  }

  /** Read as the JDK 17 reads it; later versions have no such sockets. */
  private static boolean plainSockets() {
    String value = System.getProperty(PLAIN_SOCKETS);
    return value != null && !value.equalsIgnoreCase("false") && Runtime.version().feature() < 18;
  }
}
