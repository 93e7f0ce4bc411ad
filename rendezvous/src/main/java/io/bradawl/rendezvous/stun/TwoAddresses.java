package io.bradawl.rendezvous.stun;

import io.bradawl.protocol.address.TransportAddress;

/**
 * The two addresses and two ports of a server that lets clients find out how their NAT behaves.
 *
 * @param first where it is reached usually
 * @param second with another IP address of the same family, and another port
 */
public record TwoAddresses(TransportAddress first, TransportAddress second) {

  /**
   * @throws IllegalArgumentException if they cannot serve that purpose; the message says why
   */
  public TwoAddresses {
    if (first.ip().isAnyLocalAddress() || second.ip().isAnyLocalAddress()) {
      throw new IllegalArgumentException(
          "behaviour discovery needs definite addresses, not " + first + " and " + second);
    }
    if (first.isIpv6() != second.isIpv6()
        || first.ip().equals(second.ip())
        || first.port() == second.port()) {
      throw new IllegalArgumentException(
          "behaviour discovery needs two IP addresses of one family and two ports, not "
              + first
              + " and "
              + second);
    }
  }

  TransportAddress at(Seat seat) {
    return new TransportAddress(
        seat.otherIp() ? second.ip() : first.ip(), seat.otherPort() ? second.port() : first.port());
  }
}
