package io.bradawl.agent.hook.udp;

import io.bradawl.agent.config.ExposedPorts;
import io.bradawl.agent.log.AgentLog;
import io.bradawl.agent.log.LogLevel;
import io.bradawl.agent.weave.Weave;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.signal.Security;
import io.bradawl.runtime.address.VirtualAddresses;
import io.bradawl.runtime.address.VirtualRange;
import io.bradawl.runtime.loop.NettyDriverLoop;
import io.bradawl.runtime.udp.UdpPeers;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.Inet4Address;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An agent that does UDP only, on the application's own class path, with itself as its only peer.
 */
public final class UdpTestAgent {

  private static @Nullable UdpTestAgent running;

  final Inet4Address self;
  final Inet4Address nobody;
  final SelfSessions sessions;
  final BindingServer bindingServer;

  private UdpTestAgent(VirtualAddresses addresses, SelfSessions sessions, BindingServer server) {
    this.self = addresses.addressOf(SelfSessions.SELF);
    this.nobody = addresses.addressOf(new PeerName("nobody"));
    this.sessions = sessions;
    this.bindingServer = server;
  }

  static UdpTestAgent running() {
    UdpTestAgent agent = running;
    if (agent == null) {
      throw new IllegalStateException("to be run with -javaagent");
    }
    return agent;
  }

  /**
   * Called by the JVM.
   *
   * @param arguments what both sides ask for: {@code encrypted} or {@code authenticated}
   */
  public static void premain(String arguments, Instrumentation instrumentation) throws IOException {
    Security security = Security.valueOf(arguments.toUpperCase(Locale.ROOT));
    VirtualRange range = VirtualRange.parse("240.0.0.0/4");
    VirtualAddresses addresses = new VirtualAddresses(range, "peer");
    UdpPeers peers = new UdpPeers(addresses, port -> security);
    UdpPaths feature =
        new UdpPaths(peers, range, ExposedPorts.ALL, new AgentLog(LogLevel.INFO, System.err));
    Weave.into(
        instrumentation,
        feature.hookPoints(),
        (point, why) -> {
          System.err.println("not woven: " + point);
          Runtime.getRuntime().halt(1); // what a transformer throws, the JVM swallows
        });
    feature.install();
    NettyDriverLoop loop = new NettyDriverLoop();
    BindingServer server = new BindingServer();
    SelfSessions sessions = new SelfSessions(loop, server.address());
    running = new UdpTestAgent(addresses, sessions, server);
    peers.start(loop, sessions, new SecureRandom(), null, List.of());
  }
}
