package io.bradawl.protocol.sim.probe;

import static io.bradawl.protocol.sim.probe.Ground.OUTSIDE_PORT;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.probe.Vantage.Connections;
import io.bradawl.protocol.sim.probe.Vantage.Datagrams;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** Which port an own flow gets (RFC 4787 section 4). */
final class Mappings {

  /** Irregular, so that "the next port" and "the same distance" differ. */
  private static final int[] STEPS = {0, 3, 1, 6, 4, 9, 2, 7, 5, 8};

  private static final int ANOTHER_PORT = OUTSIDE_PORT + 1;

  private final Ground ground;
  private final Vantage inside;
  private final Vantage one;
  private final Vantage other;

  Mappings(Ground ground) {
    this.ground = ground;
    inside = ground.stage().inside();
    one = ground.stage().one();
    other = ground.stage().other();
  }

  void ask(Findings findings) {
    udp(findings);
    tcp(findings);
  }

  private void udp(Findings findings) {
    try (Datagrams first = one.udp(OUTSIDE_PORT);
        Datagrams second = one.udp(ANOTHER_PORT);
        Datagrams third = other.udp(OUTSIDE_PORT);
        Datagrams own = inside.udp(ground.port())) {
      TransportAddress seen = ground.seen(own, one, first, OUTSIDE_PORT);
      TransportAddress elsewhere = ground.seen(own, other, third, OUTSIDE_PORT);
      TransportAddress besides = ground.seen(own, one, second, ANOTHER_PORT);
      findings.add(Trait.UDP_MAPPING, scope(seen, besides, elsewhere));
      findings.add(Trait.UDP_PORT, udpPorts(first));
      findings.add(Trait.UDP_SHARED_PORT, isShared(first, third) ? "one port" : "two ports");
    }
  }

  /** Whether two hosts with the same port are seen as one address by different remotes. */
  private boolean isShared(Datagrams first, Datagrams second) {
    int port = ground.port();
    try (Datagrams own = inside.udp(port);
        Datagrams neighbours = ground.stage().neighbour().udp(port)) {
      return ground
          .seen(own, one, first, OUTSIDE_PORT)
          .equals(ground.seen(neighbours, other, second, OUTSIDE_PORT));
    }
  }

  private void tcp(Findings findings) {
    try (Connections first = one.tcp(OUTSIDE_PORT);
        Connections second = one.tcp(ANOTHER_PORT);
        Connections third = other.tcp(OUTSIDE_PORT);
        Connections own = inside.tcp(ground.port())) {
      List.of(first, second, third).forEach(Connections::listen);
      TransportAddress seen = ground.seen(own, one, first, OUTSIDE_PORT);
      TransportAddress elsewhere = ground.seen(own, other, third, OUTSIDE_PORT);
      TransportAddress besides = ground.seen(own, one, second, ANOTHER_PORT);
      findings.add(Trait.TCP_MAPPING, scope(seen, besides, elsewhere));
      findings.add(Trait.TCP_PORT, tcpPorts(first));
    }
  }

  private static String scope(
      TransportAddress seen, TransportAddress besides, TransportAddress elsewhere) {
    if (!seen.equals(besides)) {
      return "address and port";
    }
    return seen.equals(elsewhere) ? "nothing" : "address";
  }

  private String udpPorts(Datagrams remote) {
    int base = ground.port();
    List<Integer> ports = new ArrayList<>();
    for (int step : STEPS) {
      try (Datagrams own = inside.udp(base + step)) {
        ports.add(ground.seen(own, one, remote, OUTSIDE_PORT).port());
      }
    }
    return allocation(base, ports);
  }

  private String tcpPorts(Connections remote) {
    int base = ground.port();
    List<Integer> ports = new ArrayList<>();
    for (int step : STEPS) {
      try (Connections own = inside.tcp(base + step)) {
        ports.add(ground.seen(own, one, remote, OUTSIDE_PORT).port());
      }
    }
    return allocation(base, ports);
  }

  private static String allocation(int base, List<Integer> ports) {
    if (holds(base, ports, (own, port) -> port.equals(own))) {
      return "preserved";
    }
    int distance = ports.get(0) - base - STEPS[0];
    if (holds(base, ports, (own, port) -> port - own == distance)) {
      return "at a fixed distance";
    }
    if (areInARow(ports)) {
      return "the next one";
    }
    return holds(base, ports, (own, port) -> (port - own) % 2 == 0)
        ? "random, same parity"
        : "random";
  }

  private static boolean areInARow(List<Integer> ports) {
    for (int i = 1; i < ports.size(); i++) {
      if (ports.get(i) != ports.get(i - 1) + 1) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(
      int base, List<Integer> ports, BiPredicate<Integer, Integer> ownAndSeen) {
    for (int i = 0; i < STEPS.length; i++) {
      if (!ownAndSeen.test(base + STEPS[i], ports.get(i))) {
        return false;
      }
    }
    return true;
  }
}
