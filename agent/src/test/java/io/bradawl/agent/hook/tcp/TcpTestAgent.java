package io.bradawl.agent.hook.tcp;

import io.bradawl.agent.config.ExposedPorts;
import io.bradawl.agent.hook.Awaited;
import io.bradawl.agent.hook.name.PeerNames;
import io.bradawl.agent.hook.reuse.ReusablePorts;
import io.bradawl.agent.hook.udp.SelfSessions;
import io.bradawl.agent.log.AgentLog;
import io.bradawl.agent.log.LogLevel;
import io.bradawl.agent.weave.HookPoint;
import io.bradawl.agent.weave.Weave;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.signal.Security;
import io.bradawl.runtime.address.PeerResolver;
import io.bradawl.runtime.address.VirtualAddresses;
import io.bradawl.runtime.address.VirtualRange;
import io.bradawl.runtime.loop.NettyDriverLoop;
import io.bradawl.runtime.tcp.ReuseMode;
import io.bradawl.runtime.tcp.TcpPeers;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An agent that does TCP only, on the application's own class path, with itself as its only peer.
 * Its listeners are shared lazily, since nothing here makes them reusable from the start.
 */
public final class TcpTestAgent {

  private static @Nullable TcpTestAgent running;

  final Inet4Address self;
  final Inet4Address nobody;
  final SelfSessions sessions;

  private TcpTestAgent(VirtualAddresses addresses, SelfSessions sessions) {
    this.self = addresses.addressOf(SelfSessions.SELF);
    this.nobody = addresses.addressOf(new PeerName("nobody"));
    this.sessions = sessions;
  }

  static TcpTestAgent running() {
    TcpTestAgent agent = running;
    if (agent == null) {
      throw new IllegalStateException("to be run with -javaagent");
    }
    return agent;
  }

  /**
   * Called by the JVM.
   *
   * @param arguments the reuse mode and the security, as {@code lazy-encrypted}
   */
  public static void premain(String arguments, Instrumentation instrumentation) throws IOException {
    VirtualRange range = VirtualRange.parse("240.0.0.0/4");
    VirtualAddresses addresses = new VirtualAddresses(range, "peer");
    String[] wanted = arguments.toUpperCase(Locale.ROOT).split("-", -1);
    ReuseMode reuse = ReuseMode.valueOf(wanted[0]);
    Security security = Security.valueOf(wanted[1]);
    TcpPeers peers = new TcpPeers(addresses, port -> security, new BridgedLocalNames());
    AgentLog log = new AgentLog(LogLevel.INFO, System.err);
    TcpPaths feature =
        new TcpPaths(range, peers, reuse, new ReusablePorts(null), ExposedPorts.ALL, log);
    PeerNames names = new PeerNames("peer", range, resolver());
    List<HookPoint> points = new ArrayList<>(feature.hookPoints());
    points.addAll(names.hookPoints());
    Weave.into(
        instrumentation,
        points,
        (point, why) -> {
          System.err.println("not woven: " + point);
          Runtime.getRuntime().halt(1); // what a transformer throws, the JVM swallows
        });
    NettyDriverLoop loop = new NettyDriverLoop();
    SelfSessions sessions = new SelfSessions(loop, new BindingServer().address());
    feature.install();
    names.install();
    running = new TcpTestAgent(addresses, sessions);
    peers.start(loop, sessions, new SecureRandom(), null);
  }

  /** Knows nobody: those that exist, the application has addresses of. */
  private static Awaited<PeerResolver> resolver() {
    Awaited<PeerResolver> resolver = new Awaited<>(1);
    resolver.fulfil(
        new PeerResolver() {
          @Override
          public InetAddress resolve(String label) throws UnknownHostException {
            throw new UnknownHostException(label + ".peer: no such peer");
          }

          @Override
          public @Nullable String reverse(InetAddress address) {
            return null;
          }
        });
    return resolver;
  }
}
