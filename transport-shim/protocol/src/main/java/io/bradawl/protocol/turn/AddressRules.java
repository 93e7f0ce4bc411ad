package io.bradawl.protocol.turn;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/**
 * The rules of a relay that is open to the world: peers have global unicast addresses, and none of
 * the server's own, unless the operator says otherwise. What is denied outright wins over what is
 * allowed; an address of the server must be allowed by itself, a whole network does not do.
 *
 * @param own the addresses of the machine that the relay runs on
 * @param relayed addresses on which the relay itself gives out ports; data for these never leave
 *     the server, so they are allowed
 */
public record AddressRules(
    List<AddressRange> allowed,
    List<AddressRange> denied,
    Set<InetAddress> own,
    Set<InetAddress> relayed)
    implements PeerRules {

  public AddressRules {
    allowed = List.copyOf(allowed);
    denied = List.copyOf(denied);
    own = Set.copyOf(own);
    relayed = Set.copyOf(relayed);
  }

  @Override
  public boolean allows(InetAddress peer) {
    if (relayed.contains(peer)) {
      return true;
    }
    if (denied.stream().anyMatch(range -> range.contains(peer))) {
      return false;
    }
    if (own.contains(peer)) {
      return allowed.stream().anyMatch(range -> range.isOnly(peer));
    }
    return allowed.stream().anyMatch(range -> range.contains(peer))
        || SpecialAddresses.isGlobalUnicast(peer);
  }
}
