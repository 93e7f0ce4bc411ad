package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.turn.AddressRange;
import io.bradawl.protocol.turn.TurnLimits;
import java.util.List;

/**
 * What a relay is to do.
 *
 * @param addresses at least one; the first of a family is used
 * @param firstPort of relay sockets
 * @param lastPort of relay sockets, not less than the first
 * @param access who may use it
 * @param allowed addresses that are allowed although they are not public
 * @param denied addresses that are denied in any case
 */
public record RelaySettings(
    List<RelayAddress> addresses,
    int firstPort,
    int lastPort,
    RelayAccess access,
    TurnLimits limits,
    RelayQuotas quotas,
    List<AddressRange> allowed,
    List<AddressRange> denied) {

  /** RFC 8656 section 7.2 recommends the dynamic ports. */
  public static final int FIRST_PORT = 49152;

  public static final int LAST_PORT = 65535;

  public RelaySettings {
    addresses = List.copyOf(addresses);
    allowed = List.copyOf(allowed);
    denied = List.copyOf(denied);
  }
}
