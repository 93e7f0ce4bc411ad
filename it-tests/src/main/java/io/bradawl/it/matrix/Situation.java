package io.bradawl.it.matrix;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Lab;
import io.bradawl.it.lab.userspace.Line;
import java.util.List;

/**
 * Where two peers are.
 *
 * @param server what stands before the serving peer
 * @param client what stands before the other
 */
record Situation(
    String server, String client, Addressing addressing, Scenery scenery, Reach tcp, Reach udp) {

  static Situation of(Kind server, Kind client) {
    return new Situation(
        server.label(),
        client.label(),
        server.addressing(),
        (lab, line) -> new Pair(server.host(lab, "server", line), client.host(lab, "client", line)),
        Reach.of(server, client, "tcp"),
        Reach.of(server, client, "udp"));
  }

  /** Peers of IPv4, both protocols alike. */
  static Situation of(String server, String client, Scenery scenery, Reach reach) {
    return new Situation(server, client, Addressing.IPV4, scenery, reach, reach);
  }

  /** {@code one x other}. */
  String name() {
    return server + " x " + client;
  }

  /** What is to be expected. */
  enum Reach {
    DIRECT,
    /** A technique that is still to come could make it direct. */
    OPEN,
    RELAYED;

    static Reach of(Kind one, Kind other, String protocol) {
      if (Kind.isReached(one, other, protocol)) {
        return DIRECT;
      }
      return Kind.isOpen(one, other, protocol) ? OPEN : RELAYED;
    }
  }

  /** Builds it. */
  interface Scenery {
    Pair build(Lab lab, Line line);
  }

  /**
   * The two hosts.
   *
   * @param bystanders others, which answer on the same ports and know nothing of Bradawl
   */
  record Pair(Host server, Host client, List<Host> bystanders) {
    Pair(Host server, Host client) {
      this(server, client, List.of());
    }
  }
}
