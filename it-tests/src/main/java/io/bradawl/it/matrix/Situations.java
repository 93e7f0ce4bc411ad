package io.bradawl.it.matrix;

import static io.bradawl.it.matrix.Situation.Reach.DIRECT;
import static io.bradawl.it.matrix.Situation.Reach.RELAYED;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_AND_PORT_DEPENDENT;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ENDPOINT_INDEPENDENT;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Lab;
import io.bradawl.it.lab.NatBox;
import io.bradawl.it.lab.userspace.Line;
import io.bradawl.it.matrix.Situation.Pair;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import io.bradawl.protocol.sim.nat.NatBehaviour.Hairpin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All that the matrix has. */
final class Situations {
  private static final Line LAN = Line.of(Duration.ZERO);
  private static final String SAME_SUBNET = "10.0.200.";
  private static final String SEPARATE = "ip saddr 10.77.0.0/16 ip daddr 10.77.0.0/16 drop";
  private static final String NO_IPV6 = "meta nfproto ipv6 drop";
  private static final NatBehaviour CONE =
      NatBehaviour.nat(ENDPOINT_INDEPENDENT, ADDRESS_AND_PORT_DEPENDENT);
  private static final NatBehaviour HAIRPIN = CONE.hairpinning(Hairpin.EXTERNAL_SOURCE);

  private Situations() {}

  /** The one of that name. */
  static Situation named(String name) {
    return Stream.concat(pairs().stream(), special().stream())
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Each kind with itself and every later one. */
  static List<Situation> pairs() {
    List<Situation> pairs = new ArrayList<>();
    Kind[] kinds = Kind.values();
    for (int server = 0; server < kinds.length; server++) {
      for (int client = server; client < kinds.length; client++) {
        if (kinds[server].fits(kinds[client])) {
          pairs.add(Situation.of(kinds[server], kinds[client]));
        }
      }
    }
    return pairs;
  }

  /** Neighbours, NATs behind NATs, and networks with a fault. */
  static List<Situation> special() {
    return List.of(
        Situation.of("same LAN", "same LAN", Situations::sameLan, DIRECT),
        Situation.of("two subnets of one NAT", "routed", Situations::routedSubnets, DIRECT),
        Situation.of(
            "two subnets of one NAT",
            "separate, NAT hairpins",
            (lab, line) -> separateSubnets(lab, HAIRPIN, line),
            DIRECT),
        Situation.of(
            "two subnets of one NAT",
            "separate, no hairpin",
            (lab, line) -> separateSubnets(lab, CONE, line),
            RELAYED),
        Situation.of("double NAT", "double NAT", Situations::doubleNats, DIRECT),
        Situation.of("double NAT", "port-restricted", Situations::doubleAndSingle, DIRECT),
        Situation.of(
            "own NATs behind a shared one",
            "outer hairpins",
            (lab, line) -> sharedOuter(lab, HAIRPIN, line),
            DIRECT),
        Situation.of(
            "own NATs behind a shared one",
            "no hairpin",
            (lab, line) -> sharedOuter(lab, CONE, line),
            RELAYED),
        Situation.of(
            "overlapping subnets",
            "a wrong host at the peer's address",
            Situations::overlapping,
            DIRECT),
        dual(
            "port-restricted, IPv6 broken",
            "port-restricted, IPv6 broken",
            (lab, line) -> brokenIpv6(lab, true, line),
            DIRECT),
        dual(
            "port-restricted, IPv6 broken",
            "port-restricted, IPv6 open",
            (lab, line) -> brokenIpv6(lab, false, line),
            DIRECT),
        dual("only IPv6", "only IPv4", (lab, line) -> strangers(lab, line, false), RELAYED),
        dual("only IPv4", "only IPv6", (lab, line) -> strangers(lab, line, true), RELAYED));
  }

  private static Situation dual(
      String server, String client, Situation.Scenery scenery, Situation.Reach reach) {
    return new Situation(server, client, Addressing.BOTH, scenery, reach, reach);
  }

  private static Pair sameLan(Lab lab, Line line) {
    NatBox box = lab.userspaceBox("box", CONE, line);
    return new Pair(box.host("server"), box.host("client"));
  }

  private static Pair routedSubnets(Lab lab, Line line) {
    NatBox outer = lab.userspaceBox("outer", CONE, line);
    return new Pair(
        outer.userspaceBox("one", null, LAN).host("server"),
        outer.userspaceBox("two", null, LAN).host("client"));
  }

  /** As guests' networks are: the router passes nothing from one subnet to the other. */
  private static Pair separateSubnets(Lab lab, NatBehaviour behaviour, Line line) {
    NatBox router = lab.userspaceBox("router", behaviour, line);
    Pair pair =
        new Pair(
            router.userspaceBox("one", null, LAN, "10.77.1.").host("server"),
            router.userspaceBox("two", null, LAN, "10.77.2.").host("client"));
    router.restrict(SEPARATE);
    return pair;
  }

  /** As with a carrier's NAT; the inner ones see each other on the carrier's net. */
  private static Pair sharedOuter(Lab lab, NatBehaviour outerBehaviour, Line line) {
    NatBox outer = lab.userspaceBox("outer", outerBehaviour, line);
    return new Pair(
        outer.userspaceBox("one", CONE, LAN).host("server"),
        outer.userspaceBox("two", CONE, LAN).host("client"));
  }

  private static Pair doubleNats(Lab lab, Line line) {
    return new Pair(behindTwo(lab, "server", line), behindTwo(lab, "client", line));
  }

  private static Pair doubleAndSingle(Lab lab, Line line) {
    return new Pair(
        behindTwo(lab, "server", line), lab.userspaceBox("box", CONE, line).host("client"));
  }

  private static Host behindTwo(Lab lab, String name, Line line) {
    NatBox outer = lab.userspaceBox(name + "-outer", CONE, line);
    return outer.userspaceBox("inner", CONE, LAN).host(name);
  }

  /** Both peers are host 10 of their LANs' common subnet, and each has a host 11 beside it. */
  private static Pair overlapping(Lab lab, Line line) {
    NatBox one = lab.userspaceBox("one", CONE, line, SAME_SUBNET);
    NatBox two = lab.userspaceBox("two", CONE, line, SAME_SUBNET);
    Host server = one.host("server");
    Host wrong = two.host("wrong");
    Host client = two.host("client");
    if (!wrong.address().equals(server.address())) {
      throw new IllegalStateException(wrong.address() + " is not " + server.address());
    }
    return new Pair(server, client, List.of(one.host("other"), wrong));
  }

  /** No address of the one means anything to the other. */
  private static Pair strangers(Lab lab, Line line, boolean clientHasIpv6) {
    Host server = lab.userspaceBox("one", CONE, line).host("server");
    Host client = lab.userspaceBox("two", CONE, line).host("client");
    (clientHasIpv6 ? server : client).onlyIpv4();
    (clientHasIpv6 ? client : server).onlyIpv6();
    return new Pair(server, client);
  }

  /** The hosts have addresses and routes of IPv6, and nothing ever comes of them. */
  private static Pair brokenIpv6(Lab lab, boolean both, Line line) {
    NatBox one = lab.userspaceBox("one", CONE, line);
    NatBox two = lab.userspaceBox("two", CONE, line);
    one.restrict(NO_IPV6);
    if (both) {
      two.restrict(NO_IPV6);
    }
    return new Pair(one.host("server"), two.host("client"));
  }
}
