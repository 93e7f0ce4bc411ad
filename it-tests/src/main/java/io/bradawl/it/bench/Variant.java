package io.bradawl.it.bench;

import io.bradawl.it.run.JavaCommand;
import java.util.Locale;

/** How the two ends are run; the route is the same for all. */
enum Variant {
  /** Without the agent, by address. */
  PLAIN,
  /** With the agent on both ends, by address: not a peer, the agent has no part in it. */
  AGENT,
  /** With the agent on both ends, by the peer's name. */
  PEER;

  String target(String address, String name) {
    return this == PEER ? name + ".peer" : address;
  }

  JavaCommand equip(JavaCommand command, String rendezvous, String name) {
    return this == PLAIN ? command : command.peer(rendezvous, name);
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
