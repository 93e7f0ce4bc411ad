package io.bradawl.runtime.address;

import io.bradawl.protocol.noise.Membership;
import io.bradawl.protocol.peer.PeerId;

/**
 * What was found behind a reference to a peer.
 *
 * @param membership what offers to it can build on. {@code REALM} is not proven before the peer has
 *     answered one
 */
public record FoundPeer(PeerId id, Membership membership) {}
