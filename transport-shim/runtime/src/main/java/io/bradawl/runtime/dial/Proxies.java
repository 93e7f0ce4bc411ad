package io.bradawl.runtime.dial;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the JVM which proxy it uses for HTTPS: {@code https.proxyHost}, or the application's own.
 */
final class Proxies {

  private Proxies() {}

  /**
   * May block.
   *
   * @return the first HTTP proxy for {@code host}, resolved; {@code null} if a direct connection
   *     comes first, or another kind of proxy, which TLS connections of the agent do not use
   */
  static @Nullable InetSocketAddress toward(String host, int port) throws IOException {
    ProxySelector selector = ProxySelector.getDefault();
    if (selector == null) {
      return null;
    }
    for (Proxy proxy : select(selector, host, port)) {
      if (proxy.type() == Proxy.Type.HTTP) {
        return resolved((InetSocketAddress) proxy.address());
      }
      if (proxy.type() == Proxy.Type.DIRECT) {
        return null;
      }
    }
    return null;
  }

  private static Iterable<Proxy> select(ProxySelector selector, String host, int port)
      throws IOException {
    try {
      String literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
      return selector.select(new URI("https", null, literal, port, "/", null, null));
    } catch (URISyntaxException | RuntimeException e) {
      throw new IOException("the JVM's choice of a proxy failed: " + e, e);
    }
  }

  private static InetSocketAddress resolved(InetSocketAddress proxy) throws IOException {
    return proxy.isUnresolved()
        ? new InetSocketAddress(InetAddress.getByName(proxy.getHostString()), proxy.getPort())
        : proxy;
  }
}
