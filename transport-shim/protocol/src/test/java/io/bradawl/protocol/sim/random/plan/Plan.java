package io.bradawl.protocol.sim.random.plan;

import io.bradawl.protocol.address.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A whole world of two peers: all that is not chance while it runs.
 *
 * @param skew by how much the answerer starts later than it should; negative: sooner
 * @param serverDelay one way, between the internet and the rendezvous and each relay
 * @param shared boxes before both peers, outermost first
 * @param faults one after the other, once the peers have met
 * @param elsewhere where the peer is after a {@link Fault.Kind#MOVE}, if there is one
 * @param spied whether somebody overhears the peers, and sends again what they say, as it was or
 *     not
 */
public record Plan(
    long seed,
    Transport transport,
    Duration skew,
    Duration serverDelay,
    List<Box> shared,
    Side offerer,
    Side answerer,
    List<Fault> faults,
    @Nullable Side elsewhere,
    boolean spied) {

  public Plan {
    shared = List.copyOf(shared);
    faults = List.copyOf(faults);
  }

  /** One in which nobody moves. */
  public Plan(
      long seed,
      Transport transport,
      Duration skew,
      Duration serverDelay,
      List<Box> shared,
      Side offerer,
      Side answerer,
      List<Fault> faults,
      boolean spied) {
    this(seed, transport, skew, serverDelay, shared, offerer, answerer, faults, null, spied);
  }

  /** Draws the world that belongs to {@code seed}. */
  public static Plan of(long seed) {
    return new Drawing(seed).plan();
  }

  Plan withSkew(Duration other) {
    return new Plan(
        seed, transport, other, serverDelay, shared, offerer, answerer, faults, elsewhere, spied);
  }

  Plan withFaults(List<Fault> other) {
    return new Plan(
        seed, transport, skew, serverDelay, shared, offerer, answerer, other, elsewhere, spied);
  }

  Plan withMove(Fault move, Side to) {
    List<Fault> more = new ArrayList<>(faults);
    more.add(move);
    return new Plan(seed, transport, skew, serverDelay, shared, offerer, answerer, more, to, spied);
  }

  /** As it is after that move: both sides are on their own. */
  public Plan moved(Fault move) {
    Side to = Objects.requireNonNull(elsewhere, "nobody moves");
    boolean offers = move.which() == 0;
    Side stays = staying(offers ? answerer : offerer, offers ? offerer : answerer, to);
    Side one = offers ? to : stays;
    Side other = offers ? stays : to;
    return new Plan(seed, transport, skew, serverDelay, List.of(), one, other, List.of(), spied);
  }

  /** Behind what was shared; a stranger there is at the address that the other one had before. */
  private Side staying(Side side, Side before, Side after) {
    List<Box> boxes = new ArrayList<>(shared);
    boxes.addAll(side.boxes());
    boolean same = before.ip().equals(after.ip());
    Stranger stranger = same ? side.stranger() : Stranger.NOBODY;
    return new Side(
        boxes, side.ip(), side.way(), side.relay(), side.egress(), stranger, side.ipv6());
  }

  Plan withSides(Side one, Side other) {
    return new Plan(
        seed, transport, skew, serverDelay, shared, one, other, faults, elsewhere, spied);
  }

  Plan withWays(UnaryOperator<Way> change) {
    List<Box> boxes = shared.stream().map(box -> box.withWay(change.apply(box.way()))).toList();
    Side one = offerer.withWays(change);
    Side other = answerer.withWays(change);
    return new Plan(
        seed, transport, skew, serverDelay, boxes, one, other, faults, elsewhere, spied);
  }

  public List<Side> sides() {
    return List.of(offerer, answerer);
  }

  /** What is rare in it, for statistics. */
  public List<String> traits() {
    Map<String, Boolean> all = new LinkedHashMap<>();
    all.put("links that carry less than usual", isNarrow());
    all.put("stragglers", ways().anyMatch(way -> way.straggling() > 0));
    all.put("both peers on IPv6", onIpv6().isPresent());
    all.put("a peer without IPv4", !sides().stream().allMatch(Side::hasIpv4));
    all.put("a relay over TCP, for want of UDP", sides().stream().anyMatch(this::isRelayedByTcp));
    all.put("faults at once", faults.stream().anyMatch(Fault::joins));
    all.put("a peer that moves", elsewhere != null);
    return all.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
  }

  private boolean isRelayedByTcp(Side side) {
    return transport == Transport.UDP && side.egress() == Side.Egress.NO_UDP && side.relay();
  }

  /** The faults in the order in which they begin: those of one list at the same time. */
  public List<List<Fault>> strokes() {
    List<List<Fault>> strokes = new ArrayList<>();
    for (Fault fault : faults) {
      if (!fault.joins() || strokes.isEmpty()) {
        strokes.add(new ArrayList<>());
      }
      strokes.get(strokes.size() - 1).add(fault);
    }
    return strokes;
  }

  /** Whether both peers are on one net. */
  public boolean isOneNet() {
    return offerer.boxes().isEmpty() && answerer.boxes().isEmpty();
  }

  /** All that a packet between the peers, or from one to a server, may pass. */
  public Stream<Way> ways() {
    Stream<Way> ipv4 =
        Stream.concat(
            Stream.concat(shared.stream(), sides().stream().flatMap(s -> s.boxes().stream()))
                .map(Box::way),
            sides().stream().map(Side::way));
    Stream<Way> ipv6 = onIpv6().map(Plan::ways).orElse(Stream.empty());
    return Stream.concat(ipv4, ipv6);
  }

  /** The same peers on the IPv6 internet, if both are there. */
  public Optional<Plan> onIpv6() {
    Side one = onIpv6(offerer);
    Side other = onIpv6(answerer);
    return one == null || other == null
        ? Optional.empty()
        : Optional.of(
            new Plan(seed, transport, skew, serverDelay, List.of(), one, other, List.of(), spied));
  }

  private static @Nullable Side onIpv6(Side side) {
    Ipv6 there = side.ipv6();
    return there == null
        ? null
        : new Side(
            there.boxes(), there.ip(), there.way(), side.relay(), side.egress(), Stranger.NOBODY);
  }

  /** How many NATs and firewalls there are. */
  public int boxes() {
    return shared.size() + offerer.boxes().size() + answerer.boxes().size();
  }

  public boolean isLossless() {
    return ways().allMatch(way -> way.loss() == 0 && way.straggling() == 0);
  }

  /** Whether something on the way carries less than usual. */
  public boolean isNarrow() {
    return ways().anyMatch(Way::isNarrow);
  }

  /** The longest round trip between two that speak with each other, without jitter. */
  public Duration roundTrip() {
    Duration ipv4 = oneWay(offerer).plus(oneWay(answerer)).plus(sharedWay()).multipliedBy(2);
    Duration ipv6 = onIpv6().map(Plan::roundTrip).orElse(Duration.ZERO);
    return ipv4.compareTo(ipv6) > 0 ? ipv4 : ipv6;
  }

  /** The longest round trip between a peer and a server, without jitter. */
  public Duration serverRoundTrip() {
    Duration longest =
        Stream.of(offerer, answerer, onIpv6(offerer), onIpv6(answerer))
            .filter(Objects::nonNull)
            .map(Plan::oneWay)
            .max(Comparator.naturalOrder())
            .orElseThrow();
    return longest.plus(sharedWay()).plus(serverDelay).multipliedBy(2);
  }

  /** How long the answer takes, by the rendezvous. */
  public Duration signalling() {
    return roundTrip().dividedBy(2).plus(serverDelay.multipliedBy(2));
  }

  /** Delay from the host of a side to what is shared. */
  public static Duration oneWay(Side side) {
    return sum(Stream.concat(Stream.of(side.way()), side.boxes().stream().map(Box::way)));
  }

  private Duration sharedWay() {
    return sum(shared.stream().map(Box::way)).multipliedBy(2);
  }

  private static Duration sum(Stream<Way> ways) {
    return ways.map(Way::delay).reduce(Duration.ZERO, Duration::plus);
  }

  @Override
  public String toString() {
    String common =
        shared.stream().map(box -> "\n  both behind " + box).collect(Collectors.joining());
    return String.format(
        "world %d: %s%s, answerer's skew %d ms, servers at %d ms%s%n  offerer  %s%n  answerer %s%s",
        seed,
        transport,
        spied ? " with a spy" : "",
        skew.toMillis(),
        serverDelay.toMillis(),
        common,
        offerer,
        answerer,
        faults.stream().map(fault -> "\n  then " + fault).collect(Collectors.joining())
            + (elsewhere == null ? "" : "\n  elsewhere " + elsewhere));
  }
}
