package io.bradawl.protocol.signal;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.realm.NameClaim;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A {@link NameClaim} as octets: MAC, then the name. Whose it is stands elsewhere. */
final class NameClaims {

  private static final int MAX_LABEL = 63;

  /** Octets of the longest. */
  static final int MAX_OCTETS = NameClaim.MAC_LENGTH + MAX_LABEL;

  private NameClaims() {}

  static ByteBuffer encode(NameClaim claim) {
    byte[] label = claim.name().label().getBytes(StandardCharsets.US_ASCII);
    ByteBuffer wire = ByteBuffer.allocate(NameClaim.MAC_LENGTH + label.length);
    return wire.put(claim.mac().asByteBuffer()).put(label).flip();
  }

  /** Reads all that is left as a claim of {@code of}. */
  static NameClaim decode(String field, WireReader wire, PeerId of) throws WireFormatException {
    Octets mac = wire.octets(field, NameClaim.MAC_LENGTH);
    return new NameClaim(name(field, wire), of, mac);
  }

  /** Reads all that is left as a name. */
  static PeerName name(String field, WireReader wire) throws WireFormatException {
    int start = wire.offset();
    String label = wire.text(field, MAX_LABEL);
    if (!PeerName.isName(label)) {
      throw new WireFormatException(field, start, "is not a peer name (one lower-case DNS label)");
    }
    return new PeerName(label);
  }
}
