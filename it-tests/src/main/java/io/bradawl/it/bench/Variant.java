package io.bradawl.it.bench;

import io.bradawl.it.run.JavaCommand;
import java.util.Locale;

/** How the two ends are run; the route is the same for all. */
enum Variant {
  /** Without the agent, by address. */
  PLAIN,
  /** With the agent on both ends, by address: not a peer, the agent has no part in it. */
  AGENT,
  /** With the agent on both ends, by the peer's name, bytes and datagrams as they are. */
  AUTHENTICATED,
  /** The same, encrypted. */
  ENCRYPTED,
  /** Encrypted, by the relay of the rendezvous, with nothing open between the two. */
  RELAYED;

  static Variant[] direct() {
    return new Variant[] {PLAIN, AGENT, AUTHENTICATED, ENCRYPTED};
  }

  static Variant[] encrypted() {
    return new Variant[] {PLAIN, ENCRYPTED, RELAYED};
  }

  String target(String address, String name) {
    return isPeer() ? name + ".peer" : address;
  }

  JavaCommand equip(JavaCommand command, String rendezvous, String name) {
    if (this == PLAIN) {
      return command;
    }
    JavaCommand peer = command.peer(rendezvous, name);
    String security = this == AUTHENTICATED ? "authenticated" : "encrypted";
    return isPeer() ? peer.agent("tcp.security", security).agent("udp.security", security) : peer;
  }

  /** Whether the client looks the server up at the rendezvous. */
  boolean isPeer() {
    return this == AUTHENTICATED || this == ENCRYPTED || this == RELAYED;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
