package io.bradawl.protocol.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.signal.RegistrationInput.Connected;
import io.bradawl.protocol.signal.RegistrationInput.Disconnected;
import io.bradawl.protocol.signal.RegistrationInput.Find;
import io.bradawl.protocol.signal.RegistrationInput.Serve;
import io.bradawl.protocol.signal.RegistrationInput.Start;
import io.bradawl.protocol.signal.RegistrationInput.Tell;
import io.bradawl.protocol.signal.RegistrationOutput.Connect;
import io.bradawl.protocol.signal.RegistrationOutput.Deliver;
import io.bradawl.protocol.signal.RegistrationOutput.Disconnect;
import io.bradawl.protocol.signal.RegistrationOutput.Down;
import io.bradawl.protocol.signal.RegistrationOutput.LookupDone;
import io.bradawl.protocol.signal.RegistrationOutput.LookupFailed;
import io.bradawl.protocol.signal.RegistrationOutput.Send;
import io.bradawl.protocol.signal.RegistrationOutput.Up;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A peer with several rendezvous nodes: how it leaves one, and how it finds another. */
class FailOverTest {

  private static final TransportAddress OBSERVED = SignalSamples.address(new Random(2));
  private static final Signal.Registered WELCOME =
      new Signal.Registered(OBSERVED, Duration.ofSeconds(60));
  private static final Signal.Move MOVE = new Signal.Move(Duration.ofSeconds(20));
  private static final Signal.Lookup DB = new Signal.Lookup(new PeerName("db"));
  private static final Signal.Found FOUND = SignalSamples.found(new Random(3));
  private static final RegistrationTimes TIMES = RegistrationTimes.DEFAULT;
  private static final Duration SOON = Duration.ofSeconds(1);

  private final RegistrationWorld world = new RegistrationWorld(4, "first:3478", "second:3478");

  @Test
  void aLostNodeIsReplacedAtOnceByTheNext() {
    long first = up();
    world.tell(new Disconnected(first, "connection reset"));

    List<RegistrationOutput> outputs = world.take();
    String trouble = "rendezvous first:3478: connection reset";
    assertThat(outputs).contains(new Down(Reason.SERVER_ERROR, trouble));
    Connect next = (Connect) outputs.get(outputs.size() - 1);
    assertThat(next.server()).isEqualTo(1);
    assertThat(register(next)).isEqualTo(1);
  }

  @Test
  void lookupsSurviveTheLossOfANode() throws Exception {
    long first = up();
    world.tell(new Find(1, DB));
    world.tell(new Disconnected(first, "connection reset"));
    List<Send> sent = world.accept(world.connect());

    assertThat(sent)
        .extracting(send -> send.message().method())
        .containsExactly(SignalMethod.REGISTER, SignalMethod.LOOKUP);
    world.answer(sent.get(1), FOUND);
    assertThat(world.take()).containsExactly(new LookupDone(1, FOUND));
  }

  @Test
  void lookupsFailWhenNoNodeIsLeft() {
    long first = up();
    world.tell(new Find(1, DB));
    world.tell(new Disconnected(first, "connection reset"));
    world.refuse(world.connect());
    world.refuse(world.connect());

    String trouble = "rendezvous first:3478: connection refused";
    assertThat(world.take())
        .containsExactly(
            new LookupFailed(1, Reason.SERVER_ERROR, trouble),
            new Down(Reason.SERVER_ERROR, trouble));
  }

  @Test
  void theOnlyNodeIsGivenAMomentToComeBack() {
    RegistrationWorld alone = new RegistrationWorld(5, "only:3478");
    long only = up(alone);
    alone.tell(new Disconnected(only, "connection reset"));
    assertThat(alone.take(Connect.class)).isEmpty();
    alone.pass(TIMES.shortestPause());
    assertThat(alone.take(Connect.class)).hasSize(1);
  }

  @Test
  void everyAddressOfANameIsANode() {
    RegistrationWorld named = new RegistrationWorld(6, "cluster:3478");
    TransportAddress[] nodes = nodes(3);
    named.resolves(0, nodes);
    named.tell(new Start());
    Set<TransportAddress> tried = new HashSet<>();
    for (int i = 0; i < nodes.length; i++) {
      Connect connect = named.connect();
      tried.add(connect.address());
      named.refuse(connect);
    }
    assertThat(tried).containsExactlyInAnyOrder(nodes);
    assertThat(named.take(Down.class)).hasSize(1);
  }

  @Test
  void theLostAddressOfANameIsTriedLast() {
    for (int seed = 0; seed < 20; seed++) {
      RegistrationWorld named = new RegistrationWorld(seed, "cluster:3478");
      named.resolves(0, nodes(3));
      named.tell(new Start());
      Connect first = named.connect();
      settle(named, first);
      named.tell(new Disconnected(first.connection(), "connection reset"));
      List<TransportAddress> order = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Connect next = named.connect();
        order.add(next.address());
        named.refuse(next);
      }
      assertThat(order).doesNotHaveDuplicates().last().isEqualTo(first.address());
    }
  }

  @Test
  void peersSpreadOverTheNodesBehindAName() {
    Set<TransportAddress> firsts = new HashSet<>();
    for (int seed = 0; seed < 40; seed++) {
      RegistrationWorld named = new RegistrationWorld(seed, "cluster:3478");
      named.resolves(0, nodes(3));
      named.tell(new Start());
      firsts.add(named.connect().address());
    }
    assertThat(firsts).containsExactlyInAnyOrder(nodes(3));
  }

  @Test
  void ipv4ComesFirstWhateverTheResolverPrefers() throws Exception {
    TransportAddress ipv6 = new TransportAddress(InetAddress.getByName("2001:db8::1"), 3478);
    TransportAddress ipv4 = RegistrationWorld.address(0, 0);
    for (int seed = 0; seed < 20; seed++) {
      RegistrationWorld named = new RegistrationWorld(seed, "dual:3478");
      named.resolves(0, ipv6, ipv4);
      named.tell(new Start());
      assertThat(named.connect().address()).isEqualTo(ipv4);
    }
  }

  @Test
  void aNameThatThisHostDoesNotKnowIsTriedAllTheSame() {
    world.resolves(0);
    world.tell(new Start());
    Connect unknown = world.connect();
    assertThat(unknown.server()).isZero();
    assertThat(unknown.address()).isNull();
    world.refuse(unknown);
    assertThat(world.connect().server()).isEqualTo(1);
  }

  @Test
  void aNodeThatAsksForItIsLeftOnlyOnceAnotherHasTakenOver() throws Exception {
    long first = up();
    world.answer(first, move());
    world.pass(SOON);
    List<RegistrationOutput> outputs = world.take();
    assertThat(outputs).hasSize(1).first().isInstanceOf(Connect.class);
    Connect next = (Connect) outputs.get(0);
    assertThat(next.server()).isEqualTo(1);

    List<Send> sent = world.accept(next);
    Signal.Indication offer = SignalSamples.INDICATIONS.get(0).apply(new Random(8));
    world.tell(new Tell(offer));
    assertThat(world.take(Send.class)).extracting(Send::connection).containsOnly(first);

    world.answer(sent.get(0), WELCOME);
    assertThat(world.take(Up.class)).containsExactly(new Up(next.connection(), 1, OBSERVED));
    world.tell(new Tell(offer));
    assertThat(world.take(Send.class)).extracting(Send::connection).containsOnly(next.connection());
    assertThat(world.take(Down.class)).isEmpty();
  }

  @Test
  void theNodeThatWasLeftIsListenedToForAWhile() {
    long first = up();
    world.answer(first, move());
    world.pass(SOON);
    Connect next = world.connect();
    settle(world, next);
    Signal.Indication late = SignalSamples.INDICATIONS.get(1).apply(new Random(8));
    world.answer(first, SignalCodec.encode(late, new TransactionId(1, 1)));
    assertThat(world.take()).containsExactly(new Deliver(late));

    world.pass(TIMES.linger());
    assertThat(world.take()).contains(new Disconnect(first));
    world.answer(first, SignalCodec.encode(late, new TransactionId(1, 1)));
    assertThat(world.take(Deliver.class)).isEmpty();
  }

  @Test
  void theNodeThatWasLeftMayCloseFirst() {
    long first = up();
    world.answer(first, move());
    world.pass(SOON);
    settle(world, world.connect());
    world.tell(new Disconnected(first, "closed by the rendezvous"));
    assertThat(world.take()).isEmpty();
    assertThat(world.machine.isUp()).isTrue();
  }

  @Test
  void peersMoveAtDifferentMoments() {
    Set<Duration> moments = new HashSet<>();
    for (int seed = 0; seed < 10; seed++) {
      RegistrationWorld one = new RegistrationWorld(seed, "first:3478", "second:3478");
      one.answer(up(one), move());
      moments.add(one.untilTimeout());
    }
    assertThat(moments).hasSizeGreaterThan(5).allMatch(moment -> moment.compareTo(SOON) <= 0);
  }

  @Test
  void whoHasNowhereToMoveStaysAndTriesAgain() {
    long first = up();
    world.answer(first, move());
    world.pass(SOON);
    world.refuse(world.connect());
    Connect same = world.connect();
    assertThat(same.server()).as("another node may answer there").isZero();
    world.answer(
        world.accept(same).get(0), new Signal.Rejected(Reason.TRY_ALTERNATE, "about to stop"));
    assertThat(world.take()).containsExactly(new Disconnect(same.connection()));
    assertThat(world.machine.isUp()).isTrue();

    world.pass(TIMES.shortestPause());
    assertThat(register(world.connect())).isEqualTo(1);
  }

  @Test
  void aMoveOfANodeThatIsNotInUseIsNothing() {
    long first = up();
    world.answer(first, move());
    world.pass(SOON);
    settle(world, world.connect());
    world.answer(first, move());
    world.pass(SOON);
    assertThat(world.take(Connect.class)).isEmpty();
  }

  @Test
  void aSilentNodeIsNoticedByWhoSpeaksToIt() {
    long first = up();
    world.pass(Duration.ofSeconds(5));
    world.tell(new Tell(SignalSamples.INDICATIONS.get(0).apply(new Random(8))));
    assertThat(world.take(Send.class))
        .extracting(send -> send.message().method())
        .containsExactly(SignalMethod.OFFER, StunMethod.BINDING);

    world.pass(TIMES.suspicion());
    Connect beside = world.connect();
    assertThat(beside.server()).isEqualTo(1);
    assertThat(world.machine.isUp()).isTrue();
    assertThat(register(beside)).isEqualTo(1);
    world.pass(TIMES.answer());
    assertThat(world.take())
        .as("of the node that was left")
        .doesNotHaveAnyElementsOfTypes(Down.class);
    assertThat(first).isNotEqualTo(beside.connection());
  }

  @Test
  void aSilentNodeIsNoticedByWhoDoubtsIt() {
    up();
    world.pass(Duration.ofSeconds(5));
    world.tell(new RegistrationInput.Doubt());
    world.tell(new RegistrationInput.Doubt());
    assertThat(world.take(Send.class))
        .extracting(send -> send.message().method())
        .containsExactly(StunMethod.BINDING);

    world.pass(TIMES.suspicion());
    assertThat(world.connect().server()).isEqualTo(1);
  }

  @Test
  void aNodeThatIsOnlySlowIsKept() {
    up();
    world.pass(TIMES.keepAlive());
    Send question = world.take(Send.class).get(0);
    world.pass(TIMES.suspicion());
    Connect beside = world.connect();
    world.answer(question.connection(), question.message().success());

    assertThat(world.take()).contains(new Disconnect(beside.connection()));
    world.pass(TIMES.answer());
    assertThat(world.take(Connect.class)).isEmpty();
    assertThat(world.machine.isUp()).isTrue();
  }

  @Test
  void aDeadConnectionIsNoticedByTheUnansweredKeepAlive() {
    RegistrationWorld alone = new RegistrationWorld(5, "only:3478");
    long only = up(alone);
    alone.pass(TIMES.keepAlive().plus(TIMES.answer()));
    List<RegistrationOutput> outputs = alone.take();
    assertThat(outputs).contains(new Disconnect(only));
    assertThat(outputs).filteredOn(Down.class::isInstance).hasSize(1);
  }

  @Test
  void returnsToThePreferredServerOnceItIsBack() {
    long second = upAtSecond();
    List<Connect> attempts = passAlive(second, TIMES.shortestAbsence().multipliedBy(3));
    Connect home = attempts.get(0);
    assertThat(home.server()).isZero();
    assertThat(register(home)).isZero();
    world.pass(TIMES.linger());
    assertThat(world.take()).contains(new Disconnect(second));
  }

  @Test
  void triesToReturnMoreAndMoreRarely() {
    long second = upAtSecond();
    int early = refuseAll(second, Duration.ofMinutes(5));
    refuseAll(second, Duration.ofHours(2));
    int late = refuseAll(second, Duration.ofHours(1));
    assertThat(early).isBetween(2, 8);
    assertThat(late).isBetween(3, 13);
    assertThat(world.machine.isUp()).isTrue();
  }

  @Test
  void aServerThatComesAndGoesDoesNotMakeItsPeersDoTheSame() {
    up();
    int moves = 0;
    for (int minute = 0; minute < 120; minute++) {
      moves += flap();
    }
    assertThat(moves).as("moves in 2 h to a server that lives for 10 s each").isLessThan(40);
  }

  @Test
  void whatIsServedIsToldToBothNodesWhileMoving() throws Exception {
    long first = up();
    world.answer(first, move());
    world.pass(SOON);
    Connect next = world.connect();
    world.accept(next);
    Service service = new Service(Transport.TCP, 9092);
    world.tell(new Serve(Set.of(service)));
    assertThat(world.take(Send.class))
        .extracting(Send::connection)
        .containsExactlyInAnyOrder(first, next.connection());
  }

  /** One minute in which the first server lives for ten seconds after it was registered at. */
  private int flap() {
    int registered = 0;
    for (int second = 0; second < 60; second++) {
      world.pass(SOON);
      for (RegistrationOutput output : world.take()) {
        if (output instanceof Connect connect) {
          registered++;
          settle(world, connect);
          if (connect.server() == 0) {
            passAlive(connect.connection(), Duration.ofSeconds(10));
            world.tell(new Disconnected(connect.connection(), "connection reset"));
            Connect other = world.connect();
            settle(world, other);
          }
        } else if (output instanceof Send send) {
          answerKindly(send);
        }
      }
    }
    return registered;
  }

  private static TransportAddress[] nodes(int count) {
    return IntStream.range(0, count)
        .mapToObj(node -> RegistrationWorld.address(0, node))
        .toArray(TransportAddress[]::new);
  }

  private static StunMessage move() {
    return SignalCodec.encode(MOVE, new TransactionId(5, 5));
  }

  private long upAtSecond() {
    world.tell(new Start());
    world.refuse(world.connect());
    Connect second = world.connect();
    settle(world, second);
    return second.connection();
  }

  private long up() {
    return up(world);
  }

  private static long up(RegistrationWorld world) {
    world.tell(new Start());
    Connect connect = world.connect();
    settle(world, connect);
    return connect.connection();
  }

  /** Lets the connection register and answers what is asked over it at first. */
  private static void settle(RegistrationWorld world, Connect connect) {
    world.answer(world.accept(connect).get(0), WELCOME);
    for (List<Send> sent = world.take(Send.class); !sent.isEmpty(); sent = world.take(Send.class)) {
      sent.forEach(send -> answerKindly(world, send));
    }
  }

  /** Lets the connection register, and says at which server that is. */
  private int register(Connect connect) {
    world.answer(world.accept(connect).get(0), WELCOME);
    List<Up> ups = new ArrayList<>();
    List<Send> sent = new ArrayList<>();
    for (RegistrationOutput output : world.take()) {
      if (output instanceof Up up) {
        ups.add(up);
      } else if (output instanceof Send send) {
        sent.add(send);
      }
    }
    for (; !sent.isEmpty(); sent = world.take(Send.class)) {
      sent.forEach(this::answerKindly);
    }
    assertThat(ups).extracting(Up::connection).containsExactly(connect.connection());
    return ups.get(0).server();
  }

  private void answerKindly(Send send) {
    answerKindly(world, send);
  }

  private static void answerKindly(RegistrationWorld world, Send send) {
    if (send.message().method() == StunMethod.BINDING) {
      world.answer(send.connection(), send.message().success());
    } else if (send.message().method() == SignalMethod.REGISTER) {
      world.answer(send, WELCOME);
    }
  }

  /** Answers whatever is asked over the connection; returns the connections asked for meanwhile. */
  private List<Connect> passAlive(long connection, Duration time) {
    List<Connect> asked = new ArrayList<>();
    for (long passed = 0; passed < time.toSeconds() && asked.isEmpty(); passed++) {
      world.pass(SOON);
      for (RegistrationOutput output : world.take()) {
        if (output instanceof Send send && send.connection() == connection) {
          answerKindly(send);
        } else if (output instanceof Connect connect) {
          asked.add(connect);
        }
      }
    }
    return asked;
  }

  private int refuseAll(long connection, Duration time) {
    int attempts = 0;
    for (long passed = 0; passed < time.toSeconds(); passed++) {
      for (Connect connect : passAlive(connection, SOON)) {
        attempts++;
        world.refuse(connect);
      }
    }
    return attempts;
  }

  @Test
  void aSampleOfAMoveIsReadAsItWasWritten() throws Exception {
    assertThat(SignalCodec.decode(move())).isEqualTo(MOVE);
  }

  @Test
  void aReportOfThePastIsNothing() {
    long first = up();
    world.tell(new Connected(first - 1));
    world.tell(new Disconnected(first - 1, "late"));
    assertThat(world.take()).isEmpty();
  }
}
