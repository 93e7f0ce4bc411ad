package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.stun.ReservationToken;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A port that an allocation may have.
 *
 * @param reserved stands for the next port, which is kept; or {@code null}
 */
record PortClaim(RelayAddress address, int port, @Nullable ReservationToken reserved) {

  InetSocketAddress bound() {
    return new InetSocketAddress(address.bound(), port);
  }

  InetSocketAddress told() {
    return new InetSocketAddress(address.told(), port);
  }
}
