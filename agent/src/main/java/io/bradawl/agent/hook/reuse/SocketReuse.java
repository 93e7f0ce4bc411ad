package io.bradawl.agent.hook.reuse;

import io.bradawl.agent.hook.Feature;
import io.bradawl.agent.weave.HookPoint;
import java.util.ArrayList;
import java.util.List;
import sun.nio.ch.BradawlListen;
import sun.nio.ch.BradawlReuse;

/** Sets the options on every TCP socket, or on those bound to certain ports. */
public final class SocketReuse implements Feature {

  private static final String BRIDGE = "sun.nio.ch.BradawlReuse";
  private static final String HOOKED = "(Ljava/io/FileDescriptor;Ljava/net/InetAddress;I)V";

  private final ReusablePorts ports;
  private final boolean plainSockets;
  private final SharedListeners listeners;

  /**
   * @param plainSockets whether the JVM uses the socket implementation of before Java 13
   */
  public SocketReuse(ReusablePorts ports, boolean plainSockets, SharedListeners listeners) {
    this.ports = ports;
    this.plainSockets = plainSockets;
    this.listeners = listeners;
  }

  @Override
  public String name() {
    return "socket reuse";
  }

  @Override
  public List<HookPoint> hookPoints() {
    List<HookPoint> points = new ArrayList<>(ListenPoints.ALL);
    points.add(
        HookPoint.in("sun.nio.ch.InheritedChannel")
            .method("getChannel", "()Ljava/nio/channels/Channel;")
            .exit(BRIDGE, "inherited"));
    points.addAll(ports.isAll() ? atCreation() : List.of(beforeTcp("Bind", "binding")));
    if (ports.isAll() && plainSockets) {
      points.add(beforeTcp("Bind", "plain"));
      points.add(beforeTcp("Connect", "plain"));
    }
    return points;
  }

  @Override
  public void install() {
    BradawlListen.add(listeners);
    if (ports.isAll()) {
      BradawlReuse.everywhere();
    } else {
      BradawlReuse.onlyAt(ports);
    }
  }

  @Override
  public void remove() {
    BradawlReuse.nowhere();
    BradawlListen.remove(listeners);
  }

  private static List<HookPoint> atCreation() {
    return List.of(
        HookPoint.in("sun.nio.ch.Net")
            .method("socket", "(Ljava/net/ProtocolFamily;Z)Ljava/io/FileDescriptor;")
            .exit(BRIDGE, "created"),
        HookPoint.in("sun.nio.ch.Net")
            .method(
                "serverSocket",
                "(Ljava/net/ProtocolFamily;Z)Ljava/io/FileDescriptor;",
                "(Ljava/net/ProtocolFamily;)Ljava/io/FileDescriptor;")
            .exit(BRIDGE, "created"));
  }

  private static HookPoint beforeTcp(String call, String bridgeMethod) {
    return HookPoint.in("sun.net.NetHooks")
        .method("beforeTcp" + call, HOOKED)
        .exit(BRIDGE, bridgeMethod);
  }
}
