package io.bradawl.protocol.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.realm.AccessChallenge;
import io.bradawl.protocol.signal.RegistrationInput.Connected;
import io.bradawl.protocol.signal.RegistrationInput.Find;
import io.bradawl.protocol.signal.RegistrationInput.Report;
import io.bradawl.protocol.signal.RegistrationInput.Serve;
import io.bradawl.protocol.signal.RegistrationInput.Start;
import io.bradawl.protocol.signal.RegistrationInput.Stop;
import io.bradawl.protocol.signal.RegistrationInput.Tell;
import io.bradawl.protocol.signal.RegistrationOutput.Connect;
import io.bradawl.protocol.signal.RegistrationOutput.Deliver;
import io.bradawl.protocol.signal.RegistrationOutput.Disconnect;
import io.bradawl.protocol.signal.RegistrationOutput.Down;
import io.bradawl.protocol.signal.RegistrationOutput.LookupDone;
import io.bradawl.protocol.signal.RegistrationOutput.LookupFailed;
import io.bradawl.protocol.signal.RegistrationOutput.Relay;
import io.bradawl.protocol.signal.RegistrationOutput.Send;
import io.bradawl.protocol.signal.RegistrationOutput.Up;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.turn.RelayGrant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegistrationMachineTest {

  private static final TransportAddress OBSERVED = SignalSamples.address(new Random(2));
  private static final Signal.Registered WELCOME =
      new Signal.Registered(OBSERVED, Duration.ofSeconds(60));
  private static final PeerName DB = new PeerName("db");
  private static final Signal.Found FOUND = SignalSamples.found(new Random(3));
  private static final Service H2 = new Service(Transport.TCP, 9092);

  private final RegistrationWorld world = new RegistrationWorld(4, "first:3478", "second:3478");

  @Test
  void statesWhatItIsAndServesAndProvesItWhenAsked() throws Exception {
    world.tell(new Serve(Set.of(H2)));
    world.tell(new Start());
    Connect connect = world.connect();
    Send asking = world.greet(connect);
    Signal.Register stated = RegistrationWorld.REGISTRANT.register(Set.of(H2));
    assertThat(connect.server()).isZero();
    assertThat(SignalCodec.decode(asking.message())).isEqualTo(stated);

    world.answer(asking, world.challenge());
    List<Send> sent = world.take(Send.class);
    assertThat(sent).hasSize(1);
    Signal.Register proven = (Signal.Register) SignalCodec.decode(sent.get(0).message());
    assertThat(proven).isEqualTo(stated.proven(proven.proof()));
    assertThat(world.verifies(proven)).isTrue();

    world.answer(sent.get(0), WELCOME);
    assertThat(world.take()).contains(new Up(connect.connection(), 0, OBSERVED));
    assertThat(world.machine.isUp()).isTrue();
  }

  @Test
  void provesWhatItServesByThen() throws Exception {
    world.tell(new Start());
    Send asking = world.greet(world.connect());
    world.tell(new Serve(Set.of(H2)));
    assertThat(world.take()).isEmpty();
    world.answer(asking, world.challenge());
    assertThat(SignalCodec.decode(world.take(Send.class).get(0).message()))
        .isInstanceOfSatisfying(
            Signal.Register.class, register -> assertThat(register.services()).containsExactly(H2));
  }

  @Test
  void aRendezvousThatAsksForNoProofIsNone() {
    RegistrationWorld alone = new RegistrationWorld(13, "only:3478");
    alone.tell(new Start());
    alone.answer(alone.greet(alone.connect()), WELCOME);
    assertThat(alone.take(Down.class))
        .extracting(Down::text)
        .containsExactly(
            "rendezvous only:3478: registration rejected: answers that do not follow upon each"
                + " other");
  }

  @Test
  void aChallengeWithAKeyThatRevealsNothingNewIsRefused() {
    RegistrationWorld alone = new RegistrationWorld(14, "only:3478");
    alone.tell(new Start());
    Octets zeros = Octets.of(new byte[32]);
    alone.answer(
        alone.greet(alone.connect()), new Signal.Challenged(new AccessChallenge(zeros, zeros)));
    assertThat(alone.take(Down.class))
        .extracting(Down::text)
        .first()
        .asString()
        .contains("the rendezvous' ephemeral key");
  }

  @Test
  void aSecondChallengeIsNotAnswered() {
    world.tell(new Start());
    Send proof = world.accept(world.connect()).get(0);
    world.answer(proof, world.challenge());
    assertThat(world.take(Send.class)).isEmpty();
    assertThat(world.machine.isUp()).isFalse();
  }

  @Test
  void tellsEachLeaveToRelayOnce() throws Exception {
    RelayGrant first = grant("first");
    RelayGrant second = grant("second");
    world.tell(new Start());
    world.answer(world.greet(world.connect()), world.challenge());
    world.answer(world.take(Send.class).get(0), welcome(first));
    assertThat(world.take(Relay.class)).containsExactly(new Relay(first));

    world.tell(new Serve(Set.of(H2)));
    world.answer(registration(), welcome(first));
    assertThat(world.take(Relay.class)).isEmpty();

    world.tell(new Serve(Set.of()));
    world.answer(registration(), welcome(second));
    assertThat(world.take(Relay.class)).containsExactly(new Relay(second));
  }

  private Send registration() {
    return world.take(Send.class).stream()
        .filter(send -> send.message().method() == SignalMethod.REGISTER)
        .findFirst()
        .orElseThrow();
  }

  private static Signal.Registered welcome(RelayGrant grant) {
    return new Signal.Registered(OBSERVED, Duration.ofSeconds(60), grant);
  }

  private static RelayGrant grant(String nonce) {
    return new RelayGrant(Duration.ofHours(1), "1:peer", "password", "realm", nonce, List.of());
  }

  @Test
  void registersAgainUponChangeAndOnlyThen() throws Exception {
    long connection = up();
    world.tell(new Serve(Set.of(H2)));
    world.tell(new Serve(Set.of(H2)));

    List<Send> sent = world.take(Send.class);
    assertThat(sent).hasSize(1);
    assertThat(SignalCodec.decode(sent.get(0).message()))
        .isInstanceOfSatisfying(
            Signal.Register.class,
            again -> {
              assertThat(again.services()).containsExactly(H2);
              assertThat(again.proof()).as("the connection is proven").isNull();
            });
    assertThat(sent.get(0).connection()).isEqualTo(connection);
  }

  @Test
  void reportsPathsSoonButNotEachByItself() throws Exception {
    up();
    for (int paths = 0; paths <= 5; paths++) {
      world.tell(new Report(paths(paths)));
      world.pass(Duration.ofSeconds(1));
    }
    world.tell(new Report(paths(5)));
    assertThat(registrations()).isEmpty();

    world.pass(Duration.ofSeconds(9));
    List<Signal.Register> said = registrations();
    assertThat(said).singleElement().extracting(Signal.Register::paths).isEqualTo(paths(5));
  }

  @Test
  void reportsPathsThatCameWhileItRegistered() throws Exception {
    world.tell(new Start());
    Send proof = world.accept(world.connect()).get(0);
    world.tell(new Report(paths(1)));
    world.answer(proof, WELCOME);
    answerMeasurements(Duration.ZERO);
    world.pass(Duration.ofSeconds(11));
    assertThat(registrations())
        .singleElement()
        .extracting(Signal.Register::paths)
        .isEqualTo(paths(1));
  }

  private List<Signal.Register> registrations() throws SignalFormatException {
    List<Signal.Register> registrations = new ArrayList<>();
    for (Send sent : world.take(Send.class)) {
      if (sent.message().method() == SignalMethod.REGISTER) {
        registrations.add((Signal.Register) SignalCodec.decode(sent.message()));
      }
    }
    return registrations;
  }

  private static PathCounts paths(int count) {
    return new PathCounts(Map.of(Transport.UDP, Map.of(Candidate.Kind.HOST, count)));
  }

  @Test
  void livesOnByKeepAlivesAndByRegisteringAtHalfTheLifetime() {
    up();
    int registrations = 0;
    int keepAlives = 0;
    for (int second = 0; second < 120; second++) {
      world.pass(Duration.ofSeconds(1));
      for (Send sent : world.take(Send.class)) {
        if (sent.message().method() == StunMethod.BINDING) {
          keepAlives++;
          world.answer(sent.connection(), sent.message().success());
        } else {
          registrations++;
          world.answer(sent, WELCOME);
        }
      }
    }
    assertThat(registrations).isEqualTo(4);
    assertThat(keepAlives).isBetween(4, 8);
    assertThat(world.take(Down.class)).isEmpty();
  }

  @Test
  void measuresTheRoundTripByItsRequests() {
    world.tell(new Start());
    Send register = world.greet(world.connect());
    assertThat(world.machine.rtt()).isZero();

    world.pass(Duration.ofMillis(40));
    world.answer(register, world.challenge());
    Send proof = world.take(Send.class).get(0);
    world.pass(Duration.ofMillis(50));
    world.answer(proof, WELCOME);
    assertThat(world.machine.rtt()).isEqualTo(Duration.ofMillis(40));

    world.tell(new Serve(Set.of(H2)));
    Send again = world.take(Send.class).get(0);
    world.pass(Duration.ofMillis(900));
    world.answer(again, WELCOME);
    assertThat(world.machine.rtt()).as("one late answer").isEqualTo(Duration.ofMillis(40));
  }

  @Test
  void measuresAgainAtOnceSinceTheFirstAnswerComesLate() {
    world.tell(new Start());
    Send register = world.greet(world.connect());
    world.pass(Duration.ofMillis(300));
    world.answer(register, world.challenge());
    Send proof = world.take(Send.class).get(0);
    world.pass(Duration.ofMillis(200));
    world.answer(proof, WELCOME);

    assertThat(answerMeasurements(Duration.ofMillis(40))).isEqualTo(2);
    assertThat(world.machine.rtt()).isEqualTo(Duration.ofMillis(40));
  }

  @Test
  void looksUpAtOnceBehindTheProof() {
    world.tell(new Start());
    world.tell(new Find(7, new Signal.Lookup(DB)));
    List<Send> sent = world.accept(world.connect());

    assertThat(sent)
        .extracting(send -> send.message().method())
        .containsExactly(SignalMethod.REGISTER, SignalMethod.LOOKUP);
    world.answer(sent.get(1), FOUND);
    assertThat(world.take()).containsExactly(new LookupDone(7, FOUND));
  }

  @Test
  void anUnknownPeerFailsItsLookupAlone() {
    up();
    world.tell(new Find(1, new Signal.Lookup(DB)));
    world.tell(new Find(2, new Signal.Lookup(DB)));
    List<Send> sent = world.take(Send.class);
    world.answer(sent.get(0), new Signal.Rejected(Reason.UNKNOWN_PEER, "nobody is called db"));
    world.answer(sent.get(1), FOUND);

    assertThat(world.take())
        .containsExactly(
            new LookupFailed(1, Reason.UNKNOWN_PEER, "nobody is called db"),
            new LookupDone(2, FOUND));
  }

  @Test
  void failsOverInOrderBeforeItFailsLookups() {
    world.tell(new Start());
    world.tell(new Find(1, new Signal.Lookup(DB)));
    world.refuse(world.connect());
    Connect second = world.connect();
    assertThat(second.server()).isEqualTo(1);
    world.refuse(second);

    String trouble = "rendezvous second:3478: connection refused";
    assertThat(world.take())
        .containsExactly(
            new LookupFailed(1, Reason.SERVER_ERROR, trouble),
            new Down(Reason.SERVER_ERROR, trouble));
  }

  @Test
  void pausesLongerAndLongerBetweenRounds() {
    RegistrationWorld alone = new RegistrationWorld(5, "only:3478");
    alone.tell(new Start());
    List<Duration> pauses = new ArrayList<>();
    for (int round = 0; round < 12; round++) {
      alone.refuse(alone.connect());
      pauses.add(alone.untilTimeout());
      alone.pass(alone.untilTimeout());
    }
    long expected = RegistrationTimes.DEFAULT.shortestPause().toMillis();
    for (Duration pause : pauses) {
      assertThat(pause.toMillis()).isBetween(expected / 2 - 1, expected);
      expected = Math.min(2 * expected, RegistrationTimes.DEFAULT.longestPause().toMillis());
    }
  }

  @Test
  void aLookupCutsALongPauseShort() {
    RegistrationWorld alone = new RegistrationWorld(6, "only:3478");
    alone.tell(new Start());
    for (int round = 0; round < 8; round++) {
      alone.refuse(alone.connect());
      alone.pass(alone.untilTimeout());
    }
    alone.refuse(alone.connect());
    alone.pass(Duration.ofSeconds(2));
    assertThat(alone.take(Connect.class)).isEmpty();

    alone.tell(new Find(1, new Signal.Lookup(DB)));
    alone.pass(Duration.ZERO);
    alone.accept(alone.connect()).stream()
        .filter(send -> send.message().method() == SignalMethod.LOOKUP)
        .forEach(send -> alone.answer(send, FOUND));
    assertThat(alone.take()).contains(new LookupDone(1, FOUND));
  }

  @Test
  void aServerThatDoesNotConnectIsGivenUp() {
    world.tell(new Start());
    Connect first = world.connect();
    world.pass(RegistrationTimes.DEFAULT.connect());

    List<RegistrationOutput> outputs = world.take();
    assertThat(outputs.get(0)).isEqualTo(new Disconnect(first.connection()));
    assertThat(outputs.get(1))
        .isEqualTo(new Connect(first.connection() + 1, 1, RegistrationWorld.address(1, 0)));
    world.tell(new Connected(first.connection()));
    assertThat(world.take()).as("a report of the past").isEmpty();
  }

  @Test
  void aRejectedRegistrationSaysWhy() {
    RegistrationWorld alone = new RegistrationWorld(7, "only:3478");
    alone.tell(new Start());
    Send register = alone.accept(alone.connect()).get(0);
    alone.answer(register, new Signal.Rejected(Reason.QUOTA, "10 peers are enough"));

    assertThat(alone.take())
        .containsExactly(
            new Disconnect(register.connection()),
            new Down(
                Reason.QUOTA, "rendezvous only:3478: registration rejected: 10 peers are enough"));
  }

  @Test
  void carriesIndicationsBothWays() throws Exception {
    long connection = up();
    Signal.Indication offer = SignalSamples.INDICATIONS.get(0).apply(new Random(8));
    world.tell(new Tell(offer));
    Send sent = world.take(Send.class).get(0);
    assertThat(SignalCodec.decode(sent.message())).isEqualTo(offer);

    world.answer(connection, sent.message());
    assertThat(world.take()).containsExactly(new Deliver(offer));
  }

  @Test
  void dropsIndicationsWithoutConnectionAndMalformedOnes() {
    world.tell(new Tell(SignalSamples.INDICATIONS.get(0).apply(new Random(9))));
    assertThat(world.take()).isEmpty();

    long connection = up();
    world.answer(connection, StunMessage.indication(SignalMethod.OFFER, new TransactionId(1, 1)));
    world.answer(
        connection,
        new StunMessage(
            StunClass.SUCCESS, SignalMethod.LOOKUP, new TransactionId(9, 9), List.of()));
    assertThat(world.take()).isEmpty();
    assertThat(world.machine.isUp()).isTrue();
  }

  @Test
  void stopsForGood() {
    long connection = up();
    world.tell(new Find(1, new Signal.Lookup(DB)));
    world.take();
    world.tell(new Stop());
    world.tell(new Find(2, new Signal.Lookup(DB)));

    assertThat(world.take())
        .containsExactly(
            new Disconnect(connection),
            new LookupFailed(1, Reason.SERVER_ERROR, "the agent is shutting down"),
            new LookupFailed(2, Reason.SERVER_ERROR, "the agent is shutting down"));
    world.pass(Duration.ofMinutes(5));
    assertThat(world.take()).isEmpty();
  }

  @Test
  void spuriousTicksDoNothing() {
    up();
    for (int i = 0; i < 100; i++) {
      world.pass(Duration.ZERO);
    }
    assertThat(world.take()).isEmpty();
  }

  @Test
  void sameSeedSameOctets() {
    assertThat(outputsOfSeed(11)).isEqualTo(outputsOfSeed(11)).isNotEqualTo(outputsOfSeed(12));
  }

  private static List<RegistrationOutput> outputsOfSeed(long seed) {
    RegistrationWorld world = new RegistrationWorld(seed, "only:3478");
    world.tell(new Start());
    return new ArrayList<>(world.accept(world.connect()));
  }

  private long up() {
    world.tell(new Start());
    Connect connect = world.connect();
    world.answer(world.accept(connect).get(0), WELCOME);
    answerMeasurements(Duration.ZERO);
    return connect.connection();
  }

  /** Answers one after the other, each after that time, and returns how many there were. */
  private int answerMeasurements(Duration delay) {
    int answered = 0;
    for (List<Send> sent = world.take(Send.class); !sent.isEmpty(); answered++) {
      assertThat(sent).hasSize(1);
      world.pass(delay);
      world.answer(sent.get(0).connection(), sent.get(0).message().success());
      sent = world.take(Send.class);
    }
    return answered;
  }
}
