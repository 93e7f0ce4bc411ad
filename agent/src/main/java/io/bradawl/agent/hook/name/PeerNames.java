package io.bradawl.agent.hook.name;

import io.bradawl.agent.hook.Awaited;
import io.bradawl.agent.hook.Feature;
import io.bradawl.agent.weave.HookPoint;
import io.bradawl.runtime.address.PeerResolver;
import io.bradawl.runtime.address.VirtualRange;
import java.util.List;
import sun.nio.ch.BradawlNames;

/** Answers {@code <name>.peer} and {@code <peer id>.peer}, and names virtual addresses. */
public final class PeerNames implements Feature {

  private static final String BRIDGE = "sun.nio.ch.BradawlNames";
  private static final String UNKNOWN = "sun.nio.ch.BradawlUnknownPeers";

  private final String suffix;
  private final VirtualRange range;
  private final Awaited<PeerResolver> resolver;

  /**
   * @param suffix without dot at either end
   */
  public PeerNames(String suffix, VirtualRange range, Awaited<PeerResolver> resolver) {
    this.suffix = suffix;
    this.range = range;
    this.resolver = resolver;
  }

  @Override
  public String name() {
    return "peer names";
  }

  @Override
  public List<HookPoint> hookPoints() {
    return List.of(
        HookPoint.in("java.net.InetAddress")
            .method(
                "getAllByName0",
                "(Ljava/lang/String;Ljava/net/InetAddress;ZZ)[Ljava/net/InetAddress;",
                "(Ljava/lang/String;Z)[Ljava/net/InetAddress;")
            .entry(BRIDGE, "resolve"),
        HookPoint.in("java.net.InetAddress")
            .method(
                "getHostFromNameService",
                "(Ljava/net/InetAddress;Z)Ljava/lang/String;",
                "(Ljava/net/InetAddress;)Ljava/lang/String;")
            .entry(BRIDGE, "reverse"),
        HookPoint.in("sun.nio.ch.NioSocketImpl")
            .method("connect", "(Ljava/net/SocketAddress;I)V")
            .entry(UNKNOWN, "connecting"),
        HookPoint.in("sun.nio.ch.Net")
            .method("checkAddress", "(Ljava/net/SocketAddress;)Ljava/net/InetSocketAddress;")
            .entry(UNKNOWN, "checking"));
  }

  @Override
  public void install() {
    BradawlNames.install("." + suffix, new PeerNameHooks(range, resolver));
  }

  @Override
  public void remove() {
    BradawlNames.remove();
  }
}
