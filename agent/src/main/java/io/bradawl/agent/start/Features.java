package io.bradawl.agent.start;

import io.bradawl.agent.hook.Feature;
import io.bradawl.agent.hook.reuse.ListenerTable;
import io.bradawl.agent.hook.reuse.SharedListeners;
import io.bradawl.agent.hook.reuse.SocketReuse;
import io.bradawl.agent.log.AgentLog;
import java.nio.file.Path;
import java.util.List;

/** The one list of what the agent can do. */
final class Features {

  private Features() {}

  static List<Feature> all(AgentLog log) {
    SharedListeners listeners = new SharedListeners(new ListenerTable(Path.of("/proc")), log);
    return List.of(new SocketReuse(null, false, listeners));
  }
}
