package io.bradawl.protocol.sim.random.plan;

import static io.bradawl.protocol.sim.random.plan.Stranger.NOBODY;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.sim.random.plan.Side.Egress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One draw of a whole plan. */
final class Drawing {

  private static final int MAX_DEPTH = 3;

  /** All but {@link Fault.Kind#MOVE}, for which there has to be somewhere else. */
  private static final List<Fault.Kind> ANYWHERE =
      List.of(
          Fault.Kind.NAT_REBOOT,
          Fault.Kind.NAT_REBINDING,
          Fault.Kind.LINE_DOWN,
          Fault.Kind.LINK_DOWN,
          Fault.Kind.RENDEZVOUS_DOWN,
          Fault.Kind.RELAY_DOWN);

  private final long seed;
  private final Chance chance;
  private final Behaviours behaviours;

  /** What both sides share. */
  private final Space common;

  private final List<Box> shared = new ArrayList<>();

  Drawing(long seed) {
    this.seed = seed;
    chance = new Chance(seed);
    behaviours = new Behaviours(chance);
    int depth = chance.weighted(65, 25, 10);
    Space space = Space.internet();
    for (int i = 0; i < depth; i++) {
      shared.add(new Box(behaviours.nat(), space.take(chance), way(space)));
      space = space.within(chance);
    }
    common = space;
  }

  private Drawing(long seed, Chance chance, Space common) {
    this.seed = seed;
    this.chance = chance;
    this.behaviours = new Behaviours(chance);
    this.common = common;
  }

  /** Another home for that side. */
  static Side elsewhere(long seed, Chance chance, Side side) {
    Side home = new Drawing(seed, chance, Space.elsewhere()).side(false);
    return new Side(home.boxes(), home.ip(), home.way(), side.relay(), side.egress(), NOBODY);
  }

  Plan plan() {
    Transport transport = chance.oneOf(Transport.UDP, Transport.TCP);
    Duration serverDelay = chance.time(Duration.ofMillis(1), Duration.ofMillis(80));
    boolean relay = chance.of(0.7);
    Side one = side(relay);
    Side other = side(relay);
    int boxes = shared.size() + one.boxes().size() + other.boxes().size();
    Plan plan =
        new Plan(
            seed,
            transport,
            Duration.ZERO,
            serverDelay,
            shared,
            one.withStranger(stranger(one, other)),
            other.withStranger(stranger(other, one)),
            faults(boxes),
            transport == Transport.UDP && chance.of(0.2));
    return new Afterthoughts(seed).added(plan.withSkew(skew(plan.roundTrip())));
  }

  private List<Fault> faults(int boxes) {
    List<Fault> faults = new ArrayList<>();
    for (int i = chance.weighted(75, 20, 5); i > 0; i--) {
      Fault fault = fault(chance, boxes);
      if (boxes > 0 || !fault.kind().concernsBox()) {
        faults.add(fault);
      }
    }
    return faults;
  }

  /** One that any world can have, if there are boxes. */
  static Fault fault(Chance chance, int boxes) {
    Fault.Kind kind = chance.oneOf(ANYWHERE);
    int which =
        kind.concernsBox() ? chance.between(0, Math.max(0, boxes - 1)) : chance.between(0, 1);
    Duration rest = chance.time(Duration.ofMillis(100), Duration.ofSeconds(40));
    Duration lasting = chance.time(Duration.ofMillis(300), Duration.ofSeconds(40));
    return new Fault(kind, which, rest, lasting, false);
  }

  /** Usually one knows within a third of the way when the other starts; now and then not. */
  private Duration skew(Duration roundTrip) {
    long most = roundTrip.toNanos() / 6 + (chance.of(0.2) ? 150_000_000 : 0);
    return Duration.ofNanos((long) ((chance.upTo(2) - 1) * most));
  }

  private Side side(boolean relay) {
    List<Box> boxes = new ArrayList<>();
    Space space = common;
    int most = MAX_DEPTH - shared.size();
    int depth =
        Math.min(most, shared.isEmpty() ? chance.weighted(3, 12, 4, 1) : chance.between(0, 2));
    for (int i = 0; i < depth; i++) {
      InetAddress ip = space.take(chance);
      Way way = way(space);
      if (chance.of(0.12)) {
        boxes.add(new Box(behaviours.firewall(), ip, way));
        space = space.kept(ip);
      } else {
        boxes.add(new Box(behaviours.nat(), ip, way));
        space = space.within(chance);
      }
    }
    InetAddress ip = space.take(chance);
    return new Side(boxes, ip, way(space), relay && chance.of(0.85), egress(), NOBODY);
  }

  private Egress egress() {
    return switch (chance.weighted(90, 5, 5)) {
      case 0 -> Egress.ALL;
      case 1 -> Egress.SERVERS;
      default -> Egress.NO_UDP;
    };
  }

  private Stranger stranger(Side here, Side there) {
    boolean sameNet = here.boxes().isEmpty() && there.boxes().isEmpty();
    boolean taken = sameNet || here.ip().equals(there.ip()) || !there.ip().isSiteLocalAddress();
    boolean isPrivate = here.ip().isSiteLocalAddress();
    // On a net that both share, the address may be that of the other's outer box.
    boolean crowded = here.boxes().isEmpty() && !shared.isEmpty();
    return taken || !isPrivate || crowded || chance.of(0.4)
        ? NOBODY
        : chance.oneOf(Stranger.DEAF, Stranger.ECHO, Stranger.TALKATIVE);
  }

  /** To the internet it may be long and poor; inside it seldom is. */
  private Way way(Space space) {
    if (!space.isInternet() && chance.of(0.9)) {
      return Way.LAN;
    }
    Duration delay =
        chance.time(Duration.ofMillis(1), Duration.ofMillis(space.isInternet() ? 150 : 10));
    Duration jitter =
        Duration.ofNanos((long) (delay.toNanos() * (chance.of(0.4) ? chance.upTo(0.8) : 0)));
    boolean poor = chance.of(0.3);
    return new Way(delay, jitter, poor ? chance.upTo(0.12) : 0, poor ? chance.upTo(0.05) : 0);
  }
}
