package io.bradawl.agent.hook.tcp;

import io.bradawl.agent.config.ExposedPorts;
import io.bradawl.agent.hook.reuse.ReusablePorts;
import io.bradawl.agent.log.AgentLog;
import io.bradawl.protocol.address.Transport;
import io.bradawl.runtime.tcp.AppListener;
import io.bradawl.runtime.tcp.ReuseMode;
import io.bradawl.runtime.tcp.TcpPeers;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import sun.nio.ch.BradawlListenHook;
import sun.nio.ch.BradawlTcpAttempt;
import sun.nio.ch.BradawlTcpHooks;
import sun.nio.ch.BradawlTcpListener;

/** Takes the bridge's calls to the runtime. */
final class TcpHooks implements BradawlTcpHooks, BradawlListenHook, Runnable {

  /** How long the end of the process may wait for encrypted connections. */
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(5);

  private final TcpPeers peers;
  private final ReuseMode reuse;
  private final ReusablePorts reusable;
  private final ExposedPorts exposed;
  private final AgentLog log;
  private final ConcurrentHashMap<BradawlTcpListener, AppListener> listeners =
      new ConcurrentHashMap<>();

  /**
   * @param reusable the ports for which {@code reuse} holds; others are never shared
   * @param exposed the ports that peers may reach; the runtime hears of no others
   */
  TcpHooks(
      TcpPeers peers, ReuseMode reuse, ReusablePorts reusable, ExposedPorts exposed, AgentLog log) {
    this.peers = peers;
    this.reuse = reuse;
    this.reusable = reusable;
    this.exposed = exposed;
    this.log = log;
  }

  @Override
  public void connecting(BradawlTcpAttempt attempt) {
    peers.connect(new BridgedSocket(attempt), attempt.remote());
  }

  /** The process ends. */
  @Override
  public void run() {
    peers.drain(LAST_PATIENCE);
  }

  @Override
  public void listens(FileDescriptor fd, InetSocketAddress local) {}

  @Override
  public void listening(FileDescriptor fd, InetSocketAddress local) {
    boolean reachable =
        !local.getAddress().isLoopbackAddress() && exposed.include(Transport.TCP, local.getPort());
    if (!reachable || peers.isOwnThread()) {
      return;
    }
    try {
      BradawlTcpListener listener = BradawlTcpListener.open(fd);
      ReuseMode mode = reusable.includes(local.getPort()) ? reuse : ReuseMode.OFF;
      AppListener app = new BridgedListener(listener, mode);
      listeners.put(listener, app);
      peers.listening(app);
    } catch (IOException e) {
      log.warn("peers cannot reach port " + local.getPort() + ": " + e.getMessage());
    }
  }

  @Override
  public void punched(BradawlTcpListener listener, SocketChannel connection) {
    AppListener app = listeners.get(listener);
    if (app != null) {
      peers.punched(app, connection);
    }
  }

  @Override
  public void closed(BradawlTcpListener listener) {
    AppListener app = listeners.remove(listener);
    if (app != null) {
      peers.closed(app);
    }
  }
}
