package io.bradawl.runtime.udp;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The relays in use by the sockets of this process. On the driver loop only. */
final class KeptRelays {

  private final Set<SocketRelay> relays = new LinkedHashSet<>();

  void enter(SocketRelay relay) {
    relays.add(relay);
  }

  void leave(SocketRelay relay) {
    relays.remove(relay);
  }

  /** The relay usually is the rendezvous: what has become of one has probably of the other. */
  void rendezvousChanged() {
    List.copyOf(relays).forEach(SocketRelay::rendezvousChanged);
  }
}
