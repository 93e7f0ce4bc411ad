package io.bradawl.rendezvous.http;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;

/**
 * Whether a request is meant for this server. A page of somebody else's, open in a browser on the
 * same machine, can have its own host name resolve to 127.0.0.1 and so read what only loopback is
 * to see ("DNS rebinding"), but its host name stays in the request.
 */
final class OwnHost {

  private OwnHost() {}

  /**
   * Whether to answer.
   *
   * @param host the Host header; may be empty
   * @param local the address at which the request came in
   */
  static boolean is(String host, InetSocketAddress local) {
    if (!local.getAddress().isLoopbackAddress() || host.isEmpty()) {
      return true;
    }
    String name = withoutPort(host);
    return name.equalsIgnoreCase("localhost") || isIp(name);
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  private static boolean isIp(String name) {
    return NetUtil.isValidIpV4Address(name)
        || name.startsWith("[")
            && name.endsWith("]")
            && NetUtil.isValidIpV6Address(name.substring(1, name.length() - 1));
  }
}
