package io.bradawl.agent.hook.name;

import io.bradawl.agent.hook.Awaited;
import io.bradawl.runtime.address.PeerResolver;
import io.bradawl.runtime.address.VirtualRange;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import sun.nio.ch.BradawlNameHooks;

/** Takes look-ups to the runtime. */
final class PeerNameHooks implements BradawlNameHooks {

  private final VirtualRange range;
  private final Awaited<PeerResolver> resolver;

  PeerNameHooks(VirtualRange range, Awaited<PeerResolver> resolver) {
    this.range = range;
    this.resolver = resolver;
  }

  /** The address carries the name as the application wrote it, as the JDK's own look-ups do. */
  @Override
  public InetAddress resolve(String host, String label) throws UnknownHostException {
    try {
      return InetAddress.getByAddress(host, resolver.get().resolve(label).getAddress());
    } catch (UnknownHostException e) {
      throw e;
    } catch (IOException e) {
      UnknownHostException unknown = new UnknownHostException(host + ": " + e.getMessage());
      unknown.initCause(e);
      throw unknown;
    }
  }

  /**
   * Addresses of the range that were not given out have no name; asking the DNS for one is of no
   * use.
   */
  @Override
  public @Nullable String reverse(InetAddress address) {
    if (!(address instanceof Inet4Address ip) || !range.contains(ip)) {
      return null;
    }
    PeerResolver known = resolver.now();
    String name = known == null ? null : known.reverse(address);
    return name == null ? address.getHostAddress() : name;
  }
}
