package io.bradawl.agent.hook.reuse;

import io.bradawl.agent.weave.HookPoint;
import java.util.List;

/** Where the JDK's TCP listeners call {@code Net.listen}; Unix domain listeners are left alone. */
public final class ListenPoints {

  /** Hands each call to {@link sun.nio.ch.BradawlListen}. */
  public static final List<HookPoint> ALL =
      List.of(
          listen("sun.nio.ch.NioSocketImpl", "listen", "(I)V"),
          listen(
              "sun.nio.ch.ServerSocketChannelImpl",
              "netBind",
              "(Ljava/net/SocketAddress;I)Ljava/net/SocketAddress;"),
          listen(
              "sun.nio.ch.AsynchronousServerSocketChannelImpl",
              "bind",
              "(Ljava/net/SocketAddress;I)Ljava/nio/channels/AsynchronousServerSocketChannel;"));

  private ListenPoints() {}

  private static HookPoint listen(String owner, String method, String descriptor) {
    return HookPoint.in(owner)
        .method(method, descriptor)
        .call("sun.nio.ch.Net", "listen", "(Ljava/io/FileDescriptor;I)V")
        .by("sun.nio.ch.BradawlListen", "listen");
  }
}
