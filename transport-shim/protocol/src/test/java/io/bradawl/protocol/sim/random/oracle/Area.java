package io.bradawl.protocol.sim.random.oracle;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One address space. */
final class Area {

  private final Map<InetAddress, Place> places = new HashMap<>();
  private @Nullable Gate gate;

  void put(InetAddress ip, Place place) {
    places.put(ip, place);
  }

  /** Where packets go that are for nobody here. */
  void leaveBy(Gate way) {
    gate = way;
  }

  @Nullable Place at(InetAddress ip) {
    return places.get(ip);
  }

  @Nullable Gate gate() {
    return gate;
  }

  /** Whatever can be sent a packet. */
  sealed interface Place permits Gate, Station {}
}
