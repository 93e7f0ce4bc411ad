package io.bradawl.runtime.address;

import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.peer.PeerRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names that this process itself gives to peer ids ({@code bradawl.peers}); they go before all
 * others.
 */
public final class PeerAliases {

  private final Map<PeerName, PeerId> idOf;
  private final Map<PeerId, PeerName> aliasOf = new HashMap<>();

  public PeerAliases(Map<PeerName, PeerId> aliases) {
    idOf = Map.copyOf(aliases);
    idOf.forEach((name, id) -> aliasOf.putIfAbsent(id, name));
  }

  /** Whom to ask for: the id behind an alias, anything else as it is. */
  public PeerRef target(PeerRef peer) {
    PeerId id = peer instanceof PeerName name ? idOf.get(name) : null;
    return id != null ? id : peer;
  }

  /**
   * All names by which a peer may be listed: its alias here, then the name it claims, unless that
   * is an alias of somebody else.
   */
  public List<PeerName> namesOf(PeerId id, @Nullable PeerName claimed) {
    List<PeerName> names = new ArrayList<>();
    PeerName alias = aliasOf.get(id);
    if (alias != null) {
      names.add(alias);
    }
    if (claimed != null && !claimed.equals(alias) && idOf.getOrDefault(claimed, id).equals(id)) {
      names.add(claimed);
    }
    return names;
  }

  /**
   * What the application sees of a peer: its alias if it has one here, otherwise the name it
   * claims, unless that name is an alias of somebody else.
   */
  public PeerRef shown(PeerId id, PeerRef claimed) {
    PeerName alias = aliasOf.get(id);
    if (alias != null) {
      return alias;
    }
    return claimed instanceof PeerName name && idOf.containsKey(name) ? id : claimed;
  }
}
