package io.bradawl.protocol.realm;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.crypto.Hkdf;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerName;

/**
 * "In our realm, this name is that peer." Made by {@link Realm#claim}, carried by the rendezvous,
 * verified by {@link Realm#verifies}. Members trust each other not to claim one another's names.
 *
 * @param mac 32 octets, HMAC-SHA256 under a key that no rendezvous has
 */
public record NameClaim(PeerName name, PeerId id, Octets mac) {

  /** Octets in {@link #mac}. */
  public static final int MAC_LENGTH = Hkdf.HASH_LENGTH;

  public NameClaim {
    if (mac.length() != MAC_LENGTH) {
      throw new IllegalArgumentException(
          "a name claim's MAC has " + MAC_LENGTH + " octets, not " + mac.length());
    }
  }
}
