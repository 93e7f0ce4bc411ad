package io.bradawl.runtime.tcp;

import java.net.InetSocketAddress;

/**
 * What the JDK tells an application about the local address of a socket that is really one end of a
 * connection within this host. May be used from any thread.
 */
public interface LocalNames {

  /**
   * From now on a socket at {@code near} that is connected to {@code far} is shown to be at {@code
   * shown}.
   */
  void show(InetSocketAddress near, InetSocketAddress far, InetSocketAddress shown);

  /** Takes {@link #show} back. */
  void forget(InetSocketAddress near);
}
