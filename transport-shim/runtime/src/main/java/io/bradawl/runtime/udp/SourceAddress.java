package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.TransportAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;

/** From which address this host sends. */
final class SourceAddress {

  private SourceAddress() {}

  /**
   * The address from which a socket sends to {@code remote}: the one it is bound to, unless that is
   * a wildcard.
   */
  static TransportAddress toward(InetSocketAddress remote, InetSocketAddress bound) {
    if (!bound.getAddress().isAnyLocalAddress()) {
      return new TransportAddress(bound.getAddress(), bound.getPort());
    }
    try (DatagramChannel probe = DatagramChannel.open()) {
      probe.connect(remote); // sends nothing, but makes the kernel choose
      InetSocketAddress chosen = (InetSocketAddress) probe.getLocalAddress();
      return new TransportAddress(chosen.getAddress(), bound.getPort());
    } catch (IOException e) {
      return new TransportAddress(bound.getAddress(), bound.getPort());
    }
  }
}
