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

/** All that the matrix has. */
final class Situations {
  private static final Line LAN = Line.of(Duration.ZERO);
  private static final String SAME_SUBNET = "10.0.200.";
  private static final NatBehaviour CONE =
      NatBehaviour.nat(ENDPOINT_INDEPENDENT, ADDRESS_AND_PORT_DEPENDENT);
  private static final NatBehaviour HAIRPIN = CONE.hairpinning(Hairpin.EXTERNAL_SOURCE);

  private Situations() {}

  /** Each kind with itself and every later one. */
  static List<Situation> pairs() {
    List<Situation> pairs = new ArrayList<>();
    Kind[] kinds = Kind.values();
    for (int server = 0; server < kinds.length; server++) {
      for (int client = server; client < kinds.length; client++) {
        pairs.add(Situation.of(kinds[server], kinds[client]));
      }
    }
    return pairs;
  }

  /** Neighbours, and NATs behind NATs. */
  static List<Situation> special() {
    return List.of(
        new Situation("same LAN", "", Situations::sameLan, DIRECT, DIRECT),
        new Situation(
            "two subnets of one NAT", "routed", Situations::routedSubnets, DIRECT, DIRECT),
        new Situation(
            "shared outer NAT, own inner NATs",
            "outer hairpins",
            (lab, line) -> sharedOuter(lab, HAIRPIN, line),
            DIRECT,
            DIRECT),
        new Situation(
            "shared outer NAT, own inner NATs",
            "outer does not hairpin",
            (lab, line) -> sharedOuter(lab, CONE, line),
            RELAYED,
            RELAYED),
        new Situation("double NAT", "double NAT", Situations::doubleNats, DIRECT, DIRECT),
        new Situation(
            "overlapping subnets",
            "a wrong host at the peer's address",
            Situations::overlapping,
            DIRECT,
            DIRECT));
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
    return new Pair(server, client);
  }
}
