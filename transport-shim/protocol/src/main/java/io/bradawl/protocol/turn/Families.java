package io.bradawl.protocol.turn;

import io.bradawl.protocol.stun.AddressFamily;
import io.bradawl.protocol.stun.ErrorCode;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Which relay serves which address family (RFC 8656 section 7.2). */
final class Families {

  private Families() {}

  /** The relay of a family number, or {@code null}. */
  static @Nullable Relay relay(Allocation<?> allocation, int family) {
    return family == AddressFamily.IPV4 || family == AddressFamily.IPV6
        ? allocation.relay(family == AddressFamily.IPV6)
        : null;
  }

  /** Refuses a peer that no relay of the allocation can reach. */
  static void requireRelay(Allocation<?> allocation, InetAddress peer) throws Refused {
    if (allocation.relay(peer instanceof Inet6Address) == null) {
      throw new Refused(ErrorCode.PEER_ADDRESS_FAMILY_MISMATCH, "no relayed address of its family");
    }
  }
}
