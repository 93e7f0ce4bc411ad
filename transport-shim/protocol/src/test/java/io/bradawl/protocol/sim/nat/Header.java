package io.bradawl.protocol.sim.nat;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;

/**
 * What a NAT looks at.
 *
 * @param sign what TCP says of the connection; {@link Sign#NONE} in a datagram
 */
public record Header(
    Transport transport, TransportAddress source, TransportAddress destination, Sign sign) {

  Header from(TransportAddress other) {
    return new Header(transport, other, destination, sign);
  }

  Header to(TransportAddress other) {
    return new Header(transport, source, other, sign);
  }

  boolean opens() {
    return sign == Sign.SYN;
  }

  boolean resets() {
    return sign == Sign.RST;
  }

  /**
   * The flags of a segment as far as they matter; FIN counts as NONE, its flow lives on a while.
   */
  public enum Sign {
    NONE,
    /** SYN without ACK. */
    SYN,
    RST
  }
}
