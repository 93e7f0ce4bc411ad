package io.bradawl.protocol.access;

import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.peer.PeerRef;
import java.util.List;

/**
 * A peer that asks to be let in, described by nothing but what is proven.
 *
 * @param id that the peer holds the key of this id, the offer that opened has shown
 * @param member whether it is of our realm, or will not be able to use what it is given
 * @param names its alias here, then the name it claims if a member of our realm vouches for that
 */
public record Applicant(PeerId id, boolean member, List<PeerName> names) {

  public Applicant {
    names = List.copyOf(names);
  }

  /** What an access list would best know it by: a name if it has one, else the id. */
  public PeerRef listed() {
    return names.isEmpty() ? id : names.get(0);
  }

  /** {@code web (<peer id>)}, or the id alone. */
  @Override
  public String toString() {
    PeerRef listed = listed();
    return listed instanceof PeerName ? listed + " (" + id + ")" : id.label();
  }
}
