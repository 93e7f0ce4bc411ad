package io.bradawl.protocol.realm;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.peer.PeerInstance;
import org.jspecify.annotations.Nullable;

/**
 * What a peer states when it registers, and proves with an {@link AccessProof}.
 *
 * @param realm the realm it is of, {@code null} for none
 * @param channel what both ends see of the connection and a go-between cannot imitate: 0 to 255
 *     octets, for TLS the hash of the server's certificate (RFC 5929 section 4), empty for plain
 *     TCP
 */
public record AccessRequest(PeerInstance self, @Nullable AccessKey realm, Octets channel) {

  public AccessRequest {
    if (channel.length() > 255) {
      throw new IllegalArgumentException(
          "channel binding of " + channel.length() + " octets; at most 255");
    }
  }
}
