package io.bradawl.agent.hook.reuse;

import io.bradawl.agent.log.AgentLog;
import java.io.FileDescriptor;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Set;
import sun.nio.ch.BradawlListenHook;

/**
 * Warns when the application listens on a port that another process already listens on: without
 * reuse it would have got "Address already in use", with it the kernel splits the connections
 * between the two. A process that shares a port with itself, as servers with a listener per thread
 * do, does so on purpose and knows both ends: no warning.
 */
public final class SharedListeners implements BradawlListenHook {

  private final ListenerTable table;
  private final AgentLog log;

  public SharedListeners(ListenerTable table, AgentLog log) {
    this.table = table;
    this.log = log;
  }

  @Override
  public void listens(FileDescriptor fd, InetSocketAddress local) {
    Set<String> owners = new LinkedHashSet<>();
    for (ListenerTable.Listener other : table.overlapping(local)) {
      if (!table.isOwn(other)) {
        owners.add(table.owner(other));
      }
    }
    if (!owners.isEmpty()) {
      String holders = String.join(" and ", owners);
      log.warn(
          "port "
              + local.getPort()
              + " is also listened on by "
              + holders
              + ": new connections go to"
              + " either of them until one stops; set bradawl.reuse=lazy to be told"
              + " \"Address already in use\" instead");
    }
  }

  @Override
  public void listening(FileDescriptor fd, InetSocketAddress local) {}
}
