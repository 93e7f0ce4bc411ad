package io.bradawl.protocol.sim.random.plan;

import io.bradawl.protocol.sim.Site;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What worlds have been given later, each with chance of its own: so seeds in which something was
 * found go on meaning what they meant.
 */
final class Afterthoughts {

  private static final double IPV6 = 0.2;
  private static final int OFFERERS_NET = 1;
  private static final int ANSWERERS_NET = 2;
  private static final double NARROW = 0.15;
  private static final double STRAGGLING = 0.08;
  private static final double MOVED = 0.06;
  private static final double JOINED = 0.3;

  /** From the least that IPv6 allows (RFC 8200 section 5) to PPPoE. */
  private static final List<Integer> MTUS = List.of(1280, 1400, 1420, 1492);

  private final long seed;

  Afterthoughts(long seed) {
    this.seed = seed;
  }

  Plan added(Plan plan) {
    return moved(joined(straggling(narrow(ipv6(plan)))));
  }

  /** Homes with a stateful firewall (RFC 6092), hosts with and without; some without IPv4. */
  private Plan ipv6(Plan plan) {
    Chance chance = Chance.afterwards(seed, "IPv6");
    if (!chance.of(IPV6)) {
      return plan;
    }
    return plan.withSides(
        ipv6(chance, plan.offerer(), OFFERERS_NET), ipv6(chance, plan.answerer(), ANSWERERS_NET));
  }

  private static Side ipv6(Chance chance, Side side, int net) {
    int kind = chance.weighted(20, 65, 15);
    InetAddress ip = Site.ipv6(net, 5);
    List<Box> boxes = new ArrayList<>();
    for (int i = chance.weighted(25, 65, 10); i > 0; i--) {
      boxes.add(new Box(new Behaviours(chance).firewall(), ip, far(chance)));
    }
    Way way = boxes.isEmpty() ? far(chance) : Way.LAN;
    return kind == 0 ? side : side.withIpv6(new Ipv6(kind == 2, boxes, ip, way));
  }

  private static Way far(Chance chance) {
    Duration delay = chance.time(Duration.ofMillis(1), Duration.ofMillis(80));
    return new Way(delay, Duration.ZERO, chance.of(0.2) ? chance.upTo(0.1) : 0, 0);
  }

  /** Tunnels, whose ends tell of what does not fit or, as is common, do not. */
  private Plan narrow(Plan plan) {
    Chance chance = Chance.afterwards(seed, "narrow");
    return chance.of(NARROW)
        ? plan.withWays(
            way -> chance.of(0.5) ? way.carrying(chance.oneOf(MTUS), chance.of(0.5)) : way)
        : plan;
  }

  private Plan straggling(Plan plan) {
    Chance chance = Chance.afterwards(seed, "straggling");
    UnaryOperator<Way> late = way -> chance.of(0.5) ? way.straggling(chance.upTo(0.05)) : way;
    return chance.of(STRAGGLING) ? plan.withWays(late) : plan;
  }

  /** At last one peer goes elsewhere, as from one Wi-Fi to another. */
  private Plan moved(Plan plan) {
    Chance chance = Chance.afterwards(seed, "moved");
    if (!chance.of(MOVED)) {
      return plan;
    }
    int which = chance.between(0, 1);
    Duration rest = chance.time(Duration.ofMillis(100), Duration.ofSeconds(40));
    Fault move = new Fault(Fault.Kind.MOVE, which, rest, Duration.ZERO, false);
    return plan.withMove(move, Drawing.elsewhere(seed, chance, plan.sides().get(which)));
  }

  /** Two faults at once. */
  private Plan joined(Plan plan) {
    Chance chance = Chance.afterwards(seed, "joined");
    if (plan.faults().isEmpty() || !chance.of(JOINED)) {
      return plan;
    }
    Fault more = Drawing.fault(chance, plan.boxes());
    List<Fault> faults = new ArrayList<>(plan.faults());
    if (plan.boxes() > 0 || !more.kind().concernsBox()) {
      faults.add(1, new Fault(more.kind(), more.which(), more.rest(), more.lasting(), true));
    }
    return plan.withFaults(faults);
  }
}
