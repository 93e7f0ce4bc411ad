package io.bradawl.runtime.turn;

import io.bradawl.runtime.dial.Dial;
import io.bradawl.runtime.loop.NettyDriverLoop;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All it takes to reach a TURN server. */
public record TurnAccess(TurnServers servers, Dial dial, NettyDriverLoop loop) {

  /**
   * Looks a server's address up; {@code then} runs on the loop, at once if nothing has to be looked
   * up.
   *
   * @param then gets {@code null} if there is no such host
   */
  public void resolve(String host, int port, Consumer<@Nullable InetSocketAddress> then) {
    byte @Nullable [] literal = NetUtil.createByteArrayFromIpAddressString(host);
    if (literal != null) {
      then.accept(address(host, port));
      return;
    }
    Thread thread =
        new Thread(
            () -> {
              InetSocketAddress found = address(host, port);
              loop.execute(() -> then.accept(found));
            },
            "bradawl-lookup");
    thread.setDaemon(true);
    thread.start();
  }

  private static @Nullable InetSocketAddress address(String host, int port) {
    InetSocketAddress found = new InetSocketAddress(host, port);
    return found.isUnresolved() ? null : found;
  }

  /** Begins to connect to a server that is reached over TCP or TLS. On the loop. */
  public TurnStream open(TurnServer server, TurnStream.Listener listener) {
    return TurnStream.open(server, dial, loop, listener);
  }
}
