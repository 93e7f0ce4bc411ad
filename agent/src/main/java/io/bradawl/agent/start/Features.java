package io.bradawl.agent.start;

import io.bradawl.agent.config.AgentConfig;
import io.bradawl.agent.config.PortSet;
import io.bradawl.agent.config.Reuse;
import io.bradawl.agent.hook.Feature;
import io.bradawl.agent.hook.reuse.ListenerTable;
import io.bradawl.agent.hook.reuse.SharedListeners;
import io.bradawl.agent.hook.reuse.SocketReuse;
import io.bradawl.agent.log.AgentLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sun.nio.ch.BradawlPorts;

/** The one list of what the agent does under a configuration. */
final class Features {

  private static final String PLAIN_SOCKETS = "jdk.net.usePlainSocketImpl";

  private Features() {}

  static List<Feature> of(AgentConfig config, AgentLog log) {
    List<Feature> features = new ArrayList<>();
    if (config.reuse() == Reuse.ON) {
      features.add(reuse(config, log));
    }
    if (!config.rendezvous().isEmpty()) {
      features.addAll(new PeerFeatures(config, log).start());
    } else {
      withoutPeers(config, log);
    }
    return features;
  }

  private static void withoutPeers(AgentConfig config, AgentLog log) {
    config.security().discardSecrets();
    if (config.name() != null) {
      log.warn("bradawl.name has no effect without bradawl.rendezvous");
    }
  }

  private static Feature reuse(AgentConfig config, AgentLog log) {
    ListenerTable table = new ListenerTable(Path.of("/proc"));
    SharedListeners listeners = new SharedListeners(table, log);
    return new SocketReuse(ports(config.reusePorts()), plainSockets(), listeners);
  }

  private static @Nullable BradawlPorts ports(@Nullable PortSet ports) {
    if (ports == null) {
      return null;
    }
    return new BradawlPorts() {
      @Override
      public boolean includes(int port) {
        return ports.includes(port);
      }
    };
  }

  /** Read as the JDK 17 reads it; later versions have no such sockets. */
  private static boolean plainSockets() {
    String value = System.getProperty(PLAIN_SOCKETS);
    return value != null && !value.equalsIgnoreCase("false") && Runtime.version().feature() < 18;
  }
}
