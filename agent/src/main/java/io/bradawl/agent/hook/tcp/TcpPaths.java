package io.bradawl.agent.hook.tcp;

import io.bradawl.agent.config.ExposedPorts;
import io.bradawl.agent.hook.Feature;
import io.bradawl.agent.hook.reuse.ListenPoints;
import io.bradawl.agent.hook.reuse.ReusablePorts;
import io.bradawl.agent.log.AgentLog;
import io.bradawl.agent.weave.HookPoint;
import io.bradawl.runtime.address.VirtualRange;
import io.bradawl.runtime.tcp.ReuseMode;
import io.bradawl.runtime.tcp.TcpPeers;
import java.util.ArrayList;
import java.util.List;
import sun.nio.ch.BradawlLast;
import sun.nio.ch.BradawlListen;
import sun.nio.ch.BradawlTcp;

/** Connects to peers, and listeners that peers reach, in all TCP interfaces of the JDK. */
public final class TcpPaths implements Feature {

  private static final String BRIDGE = "sun.nio.ch.BradawlTcp";
  private static final String SOCKET = "sun.nio.ch.NioSocketImpl";
  private static final String CHANNEL = "sun.nio.ch.SocketChannelImpl";
  private static final String SERVER_CHANNEL = "sun.nio.ch.ServerSocketChannelImpl";
  private static final String ASYNC = "sun.nio.ch.UnixAsynchronousSocketChannelImpl";
  private static final String SERVER_ASYNC = "sun.nio.ch.UnixAsynchronousServerSocketChannelImpl";
  private static final String NET = "sun.nio.ch.Net";
  private static final String FD = "Ljava/io/FileDescriptor;";
  private static final String FD_AND_IP = "(" + FD + "Ljava/net/InetAddress;I)I";
  private static final String FD_AND_ADDRESS =
      "(Ljava/net/ProtocolFamily;" + FD + "Ljava/net/SocketAddress;)I";
  private static final String ACCEPT = "(" + FD + FD + "[Ljava/net/InetSocketAddress;)I";

  private final VirtualRange range;
  private final TcpHooks hooks;

  /**
   * @param reusable the ports for which {@code reuse} holds
   * @param exposed the ports that peers may reach
   */
  public TcpPaths(
      VirtualRange range,
      TcpPeers peers,
      ReuseMode reuse,
      ReusablePorts reusable,
      ExposedPorts exposed,
      AgentLog log) {
    this.range = range;
    this.hooks = new TcpHooks(peers, reuse, reusable, exposed, log);
  }

  @Override
  public String name() {
    return "TCP paths";
  }

  @Override
  public List<HookPoint> hookPoints() {
    List<HookPoint> points = new ArrayList<>(ListenPoints.ALL);
    points.addAll(connects());
    points.addAll(outcomes());
    points.addAll(accepts());
    points.addAll(closes());
    points.add(
        HookPoint.in(NET)
            .method("localAddress", "(" + FD + ")Ljava/net/InetSocketAddress;")
            .exit("sun.nio.ch.BradawlTcpLocal", "local"));
    return points;
  }

  @Override
  public void install() {
    BradawlTcp.attach(hooks, range.first(), -1 << 32 - range.prefix());
    BradawlListen.add(hooks);
    BradawlLast.run(hooks);
  }

  @Override
  public void remove() {
    BradawlTcp.detach();
    BradawlListen.remove(hooks);
  }

  private static List<HookPoint> connects() {
    return List.of(
        connect(SOCKET, "connect", "(Ljava/net/SocketAddress;I)V", FD_AND_IP, "connect"),
        connect(CHANNEL, "connect", "(Ljava/net/SocketAddress;)Z", FD_AND_ADDRESS, "connect"),
        connect(
            CHANNEL,
            "blockingConnect",
            "(Ljava/net/SocketAddress;J)V",
            FD_AND_ADDRESS,
            "connectTimed"),
        connect(
            ASYNC,
            "implConnect",
            "(Ljava/net/SocketAddress;Ljava/lang/Object;Ljava/nio/channels/CompletionHandler;)"
                + "Ljava/util/concurrent/Future;",
            FD_AND_IP,
            "connect"));
  }

  private static List<HookPoint> outcomes() {
    return List.of(
        outcome(SOCKET, "connect", "(Ljava/net/SocketAddress;I)V"),
        outcome(SOCKET, "timedFinishConnect", "(" + FD + "J)Z"),
        outcome(CHANNEL, "connect", "(Ljava/net/SocketAddress;)Z"),
        outcome(CHANNEL, "finishConnect", "()Z"),
        outcome(CHANNEL, "finishTimedConnect", "(J)Z"),
        HookPoint.in(ASYNC)
            .method("finishConnect", "(Z)V")
            .call(ASYNC, "checkConnect", "(I)V")
            .byWithThis(BRIDGE, "checkConnect"));
  }

  private static List<HookPoint> accepts() {
    return List.of(
        accept(SOCKET, "accept", "(Ljava/net/SocketImpl;)V"),
        accept(SOCKET, "timedAccept", "(" + FD + FD + "[Ljava/net/InetSocketAddress;J)I"),
        accept(SERVER_CHANNEL, "implAccept", "(" + FD + FD + "[Ljava/net/SocketAddress;)I"),
        accept(SERVER_ASYNC, "onEvent", "(IZ)V"),
        accept(
            SERVER_ASYNC,
            "implAccept",
            "(Ljava/lang/Object;Ljava/nio/channels/CompletionHandler;)"
                + "Ljava/util/concurrent/Future;"));
  }

  private static List<HookPoint> closes() {
    return List.of(
        close(SOCKET, "close"),
        close(SERVER_CHANNEL, "implCloseSelectableChannel"),
        close(SERVER_ASYNC, "implClose"));
  }

  private static HookPoint connect(
      String owner, String method, String descriptor, String called, String by) {
    return HookPoint.in(owner)
        .method(method, descriptor)
        .call(NET, "connect", called)
        .byWithThis(BRIDGE, by);
  }

  private static HookPoint outcome(String owner, String method, String descriptor) {
    return HookPoint.in(owner)
        .method(method, descriptor)
        .call(NET, "pollConnectNow", "(" + FD + ")Z")
        .byWithThis(BRIDGE, "pollConnectNow");
  }

  private static HookPoint accept(String owner, String method, String descriptor) {
    return HookPoint.in(owner)
        .method(method, descriptor)
        .call(NET, "accept", ACCEPT)
        .by(BRIDGE, "accept");
  }

  private static HookPoint close(String owner, String method) {
    return HookPoint.in(owner).method(method, "()V").entry(BRIDGE, "closing");
  }
}
