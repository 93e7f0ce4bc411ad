package io.bradawl.rendezvous.net;

import java.net.InetAddress;
import java.util.Map;

/**
 * Under which addresses others know this machine, where those are not its own: behind a one-to-one
 * NAT, as in most clouds.
 *
 * @param byLocal the outer address of a local one
 */
public record ExternalAddresses(Map<InetAddress, InetAddress> byLocal) {

  /** Of a machine that is known under its own addresses. */
  public static final ExternalAddresses NONE = new ExternalAddresses(Map.of());

  public ExternalAddresses {
    byLocal = Map.copyOf(byLocal);
  }

  /** What others reach {@code local} by. */
  public InetAddress of(InetAddress local) {
    return byLocal.getOrDefault(local, local);
  }
}
