package io.bradawl.protocol.sim.random.oracle;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import io.bradawl.protocol.sim.nat.NatBehaviour.Allocation;
import io.bradawl.protocol.sim.nat.NatBehaviour.Early;
import io.bradawl.protocol.sim.nat.NatBehaviour.Refusal;
import io.bradawl.protocol.sim.nat.NatBehaviour.Scope;
import io.bradawl.protocol.sim.random.plan.Box;
import io.bradawl.protocol.sim.random.plan.Plan;
import io.bradawl.protocol.sim.random.plan.Side;
import io.bradawl.protocol.sim.random.plan.Side.Egress;
import io.bradawl.protocol.sim.random.plan.Way;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Says from a plan what must come of it. */
public final class Oracle {

  private final Plan plan;

  private Oracle(Plan plan) {
    this.plan = plan;
  }

  public static Verdict of(Plan plan) {
    Oracle oracle = new Oracle(plan);
    Verdict ipv4 =
        plan.sides().stream().allMatch(Side::hasIpv4)
            ? new Verdict(oracle.direct(), oracle.isPrompt(), oracle.relayed())
            : new Verdict(Reach.NO, true, oracle.relayed());
    return plan.onIpv6().map(Oracle::new).map(ipv6 -> better(ipv4, ipv6)).orElse(ipv4);
  }

  /** The IP versions share nothing but the hosts, so each finds its paths alone. */
  private static Verdict better(Verdict ipv4, Oracle oracle) {
    Reach ipv6 = oracle.direct();
    if (ipv6 == ipv4.direct()) {
      return new Verdict(ipv6, ipv4.prompt() || oracle.isPrompt(), ipv4.relayed());
    }
    return ipv6.compareTo(ipv4.direct()) < 0
        ? new Verdict(ipv6, oracle.isPrompt(), ipv4.relayed())
        : ipv4;
  }

  /** Whether some box minds packets that come before its own side has sent. */
  public static boolean dependsOnOrder(Plan plan) {
    return plan.transport() == Transport.UDP && boxes(plan).anyMatch(Oracle::movesMappings);
  }

  private static Stream<Box> boxes(Plan plan) {
    return Stream.concat(
        plan.shared().stream(), plan.sides().stream().flatMap(side -> side.boxes().stream()));
  }

  private Reach direct() {
    boolean undisturbed = new Punch(plan, false).reaches();
    if (plan.transport() == Transport.TCP
        && undisturbed
        && (refuseEachOther() || onlyWayIsReset())) {
      return Reach.PERHAPS;
    }
    if (plan.transport() == Transport.TCP || areFirstPacketsInTime()) {
      return undisturbed ? Reach.DIRECT : hopeless();
    }
    boolean disturbed = new Punch(plan, true).reaches();
    if (disturbed == undisturbed) {
      return disturbed ? Reach.DIRECT : hopeless();
    }
    return Reach.PERHAPS;
  }

  /** OPEN if it were enough that one side guesses the other one's ports. */
  private Reach hopeless() {
    boolean offerers =
        isGuessable(plan.offerer()) && new Punch(plan, false).guessing(Role.OFFERER).reaches();
    boolean answerers =
        isGuessable(plan.answerer()) && new Punch(plan, false).guessing(Role.ANSWERER).reaches();
    return offerers || answerers ? Reach.OPEN : Reach.NO;
  }

  /** Random ports are met by spraying, which only datagrams can do; others follow each other. */
  private boolean isGuessable(Side side) {
    return plan.transport() == Transport.UDP
        || Stream.concat(plan.shared().stream(), side.boxes().stream()).allMatch(Oracle::isOrderly);
  }

  private static boolean isOrderly(Box box) {
    NatBehaviour.Mapping mapping = box.behaviour().mapping();
    return mapping.scope() == Scope.ENDPOINT_INDEPENDENT
        || mapping.allocation() == Allocation.SEQUENTIAL
        || mapping.allocation() == Allocation.CONTIGUOUS;
  }

  /**
   * Datagrams move to a direct path whenever one is found, but a TCP connection stays where it is.
   * So a direct one has to be there at once: whichever SYN comes second has to get through, and
   * none may be lost.
   */
  private boolean isPrompt() {
    return plan.transport() == Transport.UDP
        || plan.isLossless() && new Punch(plan, false).reachesBothWays();
  }

  /**
   * Whether RST, which ends what a NAT knows of a connection, can come from both sides: then it
   * takes luck that a SYN of each is under way at the same time.
   */
  private boolean refuseEachOther() {
    long sides =
        plan.sides().stream().filter(s -> s.boxes().stream().anyMatch(Oracle::resets)).count();
    boolean shared = plan.shared().stream().anyMatch(Oracle::resets);
    return sides == 2 || shared;
  }

  /**
   * Whether only one side's SYNs get through, while each SYN of the other one, which has to open
   * the way for them, meets RST, which shuts it: then they have to arrive between the two.
   */
  private boolean onlyWayIsReset() {
    Punch punch = new Punch(plan, false);
    if (punch.reachesBothWays()) {
      return false;
    }
    boolean offers = punch.reachesFrom(Role.OFFERER);
    Side dialling = offers ? plan.offerer() : plan.answerer();
    Side opening = offers ? plan.answerer() : plan.offerer();
    return dialling.boxes().stream().anyMatch(Oracle::resets)
        && opening.boxes().stream().anyMatch(Oracle::knowsConnections);
  }

  private static boolean knowsConnections(Box box) {
    return box.behaviour().filtering().scope() == Scope.ADDRESS_AND_PORT_DEPENDENT;
  }

  private static boolean resets(Box box) {
    return box.behaviour().filtering().refusal() == Refusal.RST && knowsConnections(box);
  }

  private static boolean movesMappings(Box box) {
    return box.behaviour().filtering().early() == Early.MOVES_MAPPING;
  }

  /** Whether no box that minds it gets a peer's packet before its own side has sent. */
  private boolean areFirstPacketsInTime() {
    boolean sharedMinds = plan.shared().stream().anyMatch(Oracle::movesMappings);
    return plan.isLossless() && !sharedMinds && plan.sides().stream().allMatch(this::isInTime);
  }

  private boolean isInTime(Side side) {
    List<Box> boxes = side.boxes();
    Duration own = side.way().delay();
    Duration shortest = Plan.oneWay(plan.offerer()).plus(Plan.oneWay(plan.answerer()));
    Duration jitter = plan.ways().map(Way::jitter).reduce(Duration.ZERO, Duration::plus);
    for (int i = boxes.size() - 1; i >= 0; i--) {
      Duration there = shortest.minus(own);
      Duration latest = own.plus(jitter).plus(plan.skew().abs());
      if (movesMappings(boxes.get(i)) && latest.compareTo(there) >= 0) {
        return false;
      }
      own = own.plus(boxes.get(i).way().delay());
    }
    return true;
  }

  /** One relayed address is enough for whoever may send anywhere; else both need one. */
  private boolean relayed() {
    return serves(plan.offerer(), plan.answerer()) || serves(plan.answerer(), plan.offerer());
  }

  private boolean serves(Side owner, Side other) {
    return owner.relay() && (other.relay() || sendsAnywhere(other));
  }

  /** A relay that is one's own is reached over TCP, too. */
  private boolean sendsAnywhere(Side side) {
    if (!side.hasIpv4()) {
      return false; // relayed addresses are IPv4
    }
    return side.egress() == Egress.ALL
        || side.egress() == Egress.NO_UDP && plan.transport() == Transport.TCP;
  }
}
