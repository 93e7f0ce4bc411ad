package io.bradawl.agent.hook.tcp;

import io.bradawl.runtime.tcp.LocalNames;
import java.net.InetSocketAddress;
import sun.nio.ch.BradawlTcpLocal;

/** Makes local addresses known to the bridge. */
public final class BridgedLocalNames implements LocalNames {

  @Override
  public void show(InetSocketAddress near, InetSocketAddress far, InetSocketAddress shown) {
    BradawlTcpLocal.show(near, far, shown);
  }

  @Override
  public void forget(InetSocketAddress near) {
    BradawlTcpLocal.forget(near);
  }
}
