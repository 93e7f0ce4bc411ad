package io.bradawl.agent.hook.reuse;

import io.bradawl.agent.log.AgentLog;
import java.io.FileDescriptor;
import java.net.InetSocketAddress;
import java.util.List;
import sun.nio.ch.BradawlListenHook;

/**
 * Warns when the application listens on a port that somebody already listens on: without reuse it
 * would have got "Address already in use", with it the kernel splits the connections between the
 * two.
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
    List<ListenerTable.Listener> others = table.overlapping(local);
    if (!others.isEmpty()) {
      String holders = String.join(" and ", others.stream().map(table::owner).distinct().toList());
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
