package io.bradawl.agent.hook.udp;

import io.bradawl.agent.config.ExposedPorts;
import io.bradawl.agent.hook.Feature;
import io.bradawl.agent.log.AgentLog;
import io.bradawl.agent.weave.HookPoint;
import io.bradawl.runtime.address.VirtualRange;
import io.bradawl.runtime.udp.UdpPeers;
import java.util.List;
import sun.nio.ch.BradawlUdp;

/**
 * Paths to peers on the application's own UDP sockets: DatagramSocket, MulticastSocket and
 * DatagramChannel all end in one class of the JDK.
 */
public final class UdpPaths implements Feature {

  private static final String BRIDGE = "sun.nio.ch.BradawlUdp";
  private static final String CHANNEL = "sun.nio.ch.DatagramChannelImpl";
  private static final String DISPATCHER = "sun.nio.ch.DatagramDispatcher";
  private static final String NET = "sun.nio.ch.Net";
  private static final String SCALAR = "(Ljava/io/FileDescriptor;JI)I";
  private static final String VECTOR = "(Ljava/io/FileDescriptor;JI)J";

  private final UdpPeers peers;
  private final VirtualRange range;
  private final ExposedPorts exposed;
  private final AgentLog log;

  /**
   * @param exposed the ports that peers may reach
   */
  public UdpPaths(UdpPeers peers, VirtualRange range, ExposedPorts exposed, AgentLog log) {
    this.exposed = exposed;
    this.peers = peers;
    this.range = range;
    this.log = log;
  }

  @Override
  public String name() {
    return "UDP paths";
  }

  @Override
  public List<HookPoint> hookPoints() {
    return List.of(
        in("bindInternal", "(Ljava/net/SocketAddress;)V")
            .call(
                NET,
                "bind",
                "(Ljava/net/ProtocolFamily;Ljava/io/FileDescriptor;Ljava/net/InetAddress;I)V")
            .byWithThis(BRIDGE, "bind"),
        in("connect", "(Ljava/net/SocketAddress;Z)Ljava/nio/channels/DatagramChannel;")
            .call(
                NET,
                "connect",
                "(Ljava/net/ProtocolFamily;Ljava/io/FileDescriptor;Ljava/net/InetAddress;I)I")
            .byWithThis(BRIDGE, "connect"),
        in("disconnect", "()Ljava/nio/channels/DatagramChannel;")
            .call(CHANNEL, "disconnect0", "(Ljava/io/FileDescriptor;Z)V")
            .byWithThis(BRIDGE, "disconnect"),
        in("implCloseSelectableChannel", "()V").entry(BRIDGE, "closing"),
        in("receiveIntoNativeBuffer", "(Ljava/nio/ByteBuffer;IIZ)I").entry(BRIDGE, "receive"),
        in(
                "sendFromNativeBuffer",
                "(Ljava/io/FileDescriptor;Ljava/nio/ByteBuffer;Ljava/net/InetSocketAddress;)I")
            .entry(BRIDGE, "send"),
        HookPoint.in(DISPATCHER).method("read", SCALAR).entry(BRIDGE, "read"),
        HookPoint.in(DISPATCHER).method("readv", VECTOR).entry(BRIDGE, "readv"),
        HookPoint.in(DISPATCHER).method("write", SCALAR).entry(BRIDGE, "write"),
        HookPoint.in(DISPATCHER).method("writev", VECTOR).entry(BRIDGE, "writev"));
  }

  @Override
  public void install() {
    if (!"Linux".equals(System.getProperty("os.name"))) {
      log.info("UDP paths are off: they need Linux's form of socket addresses");
      return;
    }
    if (usesPlainSockets()) {
      log.warn(
          "UDP paths do not work for DatagramSocket and MulticastSocket while jdk.net.usePlainDatagramSocketImpl is"
              + " set; leave it out, or use DatagramChannel");
    }
    BradawlUdp.install(new UdpHooks(peers, exposed), range.first(), -1 << 32 - range.prefix());
  }

  @Override
  public void remove() {
    BradawlUdp.remove();
  }

  /** Up to Java 17 the socket implementation of before Java 15 can be had. */
  private static boolean usesPlainSockets() {
    String value = System.getProperty("jdk.net.usePlainDatagramSocketImpl");
    return Runtime.version().feature() < 18
        && value != null
        && (value.isEmpty() || Boolean.parseBoolean(value));
  }

  private static HookPoint.Method in(String method, String descriptor) {
    return HookPoint.in(CHANNEL).method(method, descriptor);
  }
}
