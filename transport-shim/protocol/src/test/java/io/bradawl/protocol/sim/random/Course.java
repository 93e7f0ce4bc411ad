package io.bradawl.protocol.sim.random;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import io.bradawl.protocol.address.Candidate.Kind;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.sim.World;
import io.bradawl.protocol.sim.random.Outcome.Result;
import io.bradawl.protocol.sim.random.oracle.Oracle;
import io.bradawl.protocol.sim.random.oracle.Reach;
import io.bradawl.protocol.sim.random.oracle.Verdict;
import io.bradawl.protocol.sim.random.plan.Fault;
import io.bradawl.protocol.sim.random.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The life of one world, from the first packet until nothing of it is left. */
final class Course {

  private static final Duration AFTERMATH = Duration.ofMinutes(5);

  /** Consent is lost after 15 s, an attempt takes 10 s, and the first one may fail. */
  private static final Duration RECOVERY = Duration.ofSeconds(90);

  /**
   * Direct pairs are tried again every 20 s at last, and who gets another mapping tells it in a new
   * offer, a minute after the path went over to the relay.
   */
  private static final Duration UPGRADE = Duration.ofMinutes(3);

  private static final Duration MAX_UDP_EXTRA = Duration.ofMillis(200);
  private static final Duration MAX_EXTRA = Duration.ofMillis(2500);

  /** Datagrams, or connects, of one side until the path has settled. */
  private static final int MAX_SPENT = 200;

  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final Plan plan;
  private final Verdict verdict;
  private final Landscape landscape;
  private final World world;
  private final End offerer;
  private final End answerer;
  private final Introduction introduction;
  private final Upkeep upkeep;

  /** Where the peers are now, and what the oracle says of that. */
  private Plan place;

  private Verdict now;
  private int retries;
  private int unlucky;
  private final List<String> violations = new ArrayList<>();

  private Course(Plan plan) {
    this.plan = plan;
    verdict = Oracle.of(plan);
    place = plan;
    now = verdict;
    landscape = new Landscape(plan);
    world = landscape.world();
    offerer = end(Role.OFFERER);
    answerer = end(Role.ANSWERER);
    introduction = new Introduction(world, plan, offerer, answerer);
    upkeep = new Upkeep(world, introduction, offerer, answerer);
  }

  static Outcome of(Plan plan) {
    return new Course(plan).run();
  }

  /** The same, with a line for each packet that is put on a net. */
  static Outcome traced(Plan plan, Consumer<String> trace) {
    Course course = new Course(plan);
    World world = course.world;
    long origin = world.now();
    world.watch(packet -> trace.accept(Trace.line(Duration.ofNanos(world.now() - origin), packet)));
    return course.run();
  }

  private End end(Role role) {
    boolean offers = role == Role.OFFERER;
    boolean relay = (offers ? plan.offerer() : plan.answerer()).relay();
    int length = plan.isNarrow() ? AppData.MOST : AppData.LEAST;
    var host = offers ? landscape.offerer() : landscape.answerer();
    return plan.transport() == Transport.UDP
        ? new UdpEnd(landscape, host, role, relay, length)
        : new TcpEnd(landscape, host, role, relay, length);
  }

  private Outcome run() {
    introduction.make();
    hold("nobody was introduced", world.runUntil(introduction::isMade, Duration.ofSeconds(40)));
    Duration patience = PathSession.PATIENCE.plus(plan.skew().abs()).plus(MOMENT);
    hold("undecided in time", world.runUntil(this::areDecided, patience));
    Duration setUp = setUp();
    settle();
    Result result = result();
    judge(result);
    hold("set-up took " + setUp.toMillis() + " ms", setUp.compareTo(bound()) <= 0);
    hold("too many packets", spent() <= MAX_SPENT);
    hold("a check too large for some links", largest() <= AppData.MOST);
    int spent = spent();
    if (result != Result.NONE) {
      boolean whole = plan.transport() == Transport.UDP && plan.isLossless();
      hold("a first datagram is lost", !whole || areFirstHeard());
      hold("data does not flow", upkeep.flows(Duration.ofSeconds(20)));
      plan.strokes().forEach(this::suffer);
    }
    end();
    return new Outcome(
        plan,
        verdict,
        result,
        setUp,
        spent,
        new Outcome.Oddities(strays(), retries, unlucky),
        violations);
  }

  private boolean areDecided() {
    return offerer.isDecided() && answerer.isDecided();
  }

  private boolean areUp() {
    return offerer.isUp() && answerer.isUp();
  }

  private boolean areFirstHeard() {
    return offerer.hasHeardFirst() && answerer.hasHeardFirst();
  }

  private Duration setUp() {
    return areUp()
        ? Duration.ofNanos(Math.max(offerer.upAt(), answerer.upAt()) - introduction.startedAt())
        : Duration.ZERO;
  }

  /** Lets the search for a direct path come to its end. */
  private void settle() {
    if (plan.transport() == Transport.UDP && verdict.mayBeDirect()) {
      world.runUntil(() -> isDirect(offerer) && isDirect(answerer), PathSession.PATIENCE);
    }
    world.run(MOMENT);
    if (mayMissEachOther() && !areUp() && verdict.connects()) {
      retries++;
      upkeep.flows(RECOVERY);
    }
  }

  /**
   * If the nomination of a TCP connection is lost and comes again too late, one side has it and the
   * other one has given up: then a further attempt has to do it.
   */
  private boolean mayMissEachOther() {
    return plan.transport() == Transport.TCP && !plan.isLossless();
  }

  private Result result() {
    if (!areUp()) {
      hold("one side has a path and the other has none", !offerer.isUp() && !answerer.isUp());
      return Result.NONE;
    }
    // Where packets are lost, one side may just be away from a path that it doubts.
    boolean agreed = upkeep.keepUntil(() -> isDirect(offerer) == isDirect(answerer), RECOVERY);
    hold("the sides use different paths", agreed);
    return isDirect(offerer) ? Result.DIRECT : Result.RELAYED;
  }

  private static boolean isDirect(End end) {
    return end.isUp() && end.kind() != Kind.RELAYED;
  }

  private void judge(Result result) {
    hold("a path that the oracle holds for impossible", isExpected(result));
    hold("no path: " + offerer.failure(), result != Result.NONE || !verdict.connects());
    hold(
        "relayed though a direct path exists",
        result != Result.RELAYED || !verdict.prefersDirect());
  }

  /**
   * Without loss a datagram path takes no more than to send, to be told a new address, and to
   * answer; a repetition or a place in the queue may come on top. TCP waits for SYNs to be
   * repeated, for eight round trips before it takes the relay where NATs answer with RST, and for
   * the relay to connect.
   */
  private Duration bound() {
    Duration patience = PathSession.PATIENCE.plus(plan.skew().abs()).plus(MOMENT);
    if (!plan.isLossless() || retries > 0 || verdict.direct() == Reach.PERHAPS) {
      return patience;
    }
    Duration base = plan.skew().abs().plus(plan.roundTrip().multipliedBy(3));
    Duration longest = plan.roundTrip().plus(plan.serverRoundTrip());
    boolean udp = plan.transport() == Transport.UDP;
    return udp && verdict.direct() == Reach.DIRECT
        ? base.plus(MAX_UDP_EXTRA)
        : base.plus(longest.multipliedBy(12)).plus(MAX_EXTRA);
  }

  private int spent() {
    return Math.max(offerer.spent(), answerer.spent());
  }

  private int largest() {
    return Math.max(offerer.largest(), answerer.largest());
  }

  private boolean isExpected(Result result) {
    return switch (result) {
      case DIRECT -> verdict.mayBeDirect();
      case RELAYED -> verdict.relayed();
      case NONE -> true;
    };
  }

  private void begin(Fault fault) {
    landscape.begin(fault);
    if (fault.kind() == Fault.Kind.MOVE) {
      place = plan.moved(fault);
      now = Oracle.of(place);
    }
  }

  private void suffer(List<Fault> faults) {
    upkeep.keep(faults.get(0).rest());
    faults.forEach(this::begin);
    Duration past = Duration.ZERO;
    for (Fault fault : faults.stream().sorted(comparing(Fault::lasting)).toList()) {
      if (!fault.kind().isShort()) {
        upkeep.keep(fault.lasting().minus(past));
        past = fault.lasting();
        landscape.mend(fault);
      }
    }
    boolean recovered = upkeep.flows(RECOVERY);
    // Where the order decides, a new attempt meets what is left of the one before.
    boolean lucky = Oracle.dependsOnOrder(place) && !now.relayed();
    String what = faults.stream().map(fault -> fault.kind().name()).collect(joining(" and "));
    hold("not recovered from " + what, recovered || lucky || !now.connects());
    unlucky += recovered || !now.connects() ? 0 : 1;
    boolean sure = plan.transport() == Transport.UDP && now.direct() == Reach.DIRECT;
    if (sure && !Oracle.dependsOnOrder(place)) {
      boolean direct = upkeep.keepUntil(() -> isDirect(offerer) && isDirect(answerer), UPGRADE);
      hold("not direct any more after " + what, direct);
    }
  }

  private int strays() {
    return offerer.strays() + answerer.strays();
  }

  private void end() {
    boolean stream = plan.transport() == Transport.TCP;
    hold("something foreign came on the connection", !stream || strays() == 0);
    hold("data went to a wrong host", landscape.misled() == 0);
    world.runUntil(() -> introduction.isMade() && areDecided(), RECOVERY);
    offerer.close();
    answerer.close();
    world.run(AFTERMATH);
    remains(offerer);
    remains(answerer);
    hold("events go on for ever", world.isIdle());
  }

  private void remains(End end) {
    String left = end.remains();
    hold("after close there is " + left, left == null);
  }

  private void hold(String otherwise, boolean good) {
    if (!good) {
      violations.add(otherwise);
    }
  }
}
