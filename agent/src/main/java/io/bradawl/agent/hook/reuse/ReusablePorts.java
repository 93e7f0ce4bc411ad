package io.bradawl.agent.hook.reuse;

import io.bradawl.agent.config.PortSet;
import org.jspecify.annotations.Nullable;
import sun.nio.ch.BradawlPorts;

/** The local ports whose sockets may be made reusable. */
public final class ReusablePorts implements BradawlPorts {

  private final @Nullable PortSet ports;

  /**
   * @param ports {@code null} for all
   */
  public ReusablePorts(@Nullable PortSet ports) {
    this.ports = ports;
  }

  boolean isAll() {
    return ports == null;
  }

  @Override
  public boolean includes(int port) {
    return ports == null || ports.includes(port);
  }
}
