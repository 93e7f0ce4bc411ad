package io.bradawl.protocol.path.udp;

import static io.bradawl.protocol.path.PathSessions.START;
import static io.bradawl.protocol.path.PathSessions.address;
import static io.bradawl.protocol.path.PathSessions.candidate;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Candidate.Kind;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.PathSessions;
import io.bradawl.protocol.path.Proof;
import io.bradawl.protocol.path.ProvenMessage;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.path.udp.PathOutput.Changed;
import io.bradawl.protocol.path.udp.PathOutput.Failed;
import io.bradawl.protocol.path.udp.PathOutput.Send;
import io.bradawl.protocol.path.udp.PathOutput.SourceProven;
import io.bradawl.protocol.path.udp.PathOutput.Up;
import io.bradawl.protocol.stun.TransactionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UdpPathTest {

  private static final Candidate MAPPED = candidate(Kind.SERVER_REFLEXIVE, "80.2.0.1", 40001);
  private static final Candidate LAN = candidate(Kind.HOST, "10.0.0.2", 4000);
  private static final TransportAddress ELSEWHERE = address("80.2.0.1", 40077);

  private static final Octets SEALED = Octets.of(new byte[] {8, 1, 2, 3});

  private Send latest;
  private final UdpPath offerer = path(Role.OFFERER, LAN, MAPPED);
  private final UdpPath answerer = path(Role.ANSWERER, LAN, MAPPED);

  @Test
  void checksAreFewPacedAndBounded() {
    Candidate[] many =
        IntStream.range(0, 40)
            .mapToObj(i -> candidate(Kind.HOST, "10.0.0." + (10 + i), 4000))
            .toArray(Candidate[]::new);
    UdpPath path = path(Role.OFFERER, many);
    assertThat(tick(path, START)).hasSize(3);
    assertThat(tick(path, START + MILLISECONDS.toNanos(10))).isEmpty();
    assertThat(tick(path, START + MILLISECONDS.toNanos(20))).hasSize(1);
    int sent = 4;
    while (!path.isOver()) {
      List<PathOutput> outputs = tick(path, path.nextTimeout());
      sent += (int) outputs.stream().filter(Send.class::isInstance).count();
      assertThat(outputs).hasSizeLessThanOrEqualTo(1);
    }
    assertThat(sent).isBetween(100, Checklist.MAX_CHECKS);
  }

  @Test
  void anAnsweredCheckIsAPathAndTheBetterOneIsNominated() {
    List<PathOutput> checks = tick(offerer, START);
    assertThat(answer(offerer, (Send) checks.get(0), Role.ANSWERER))
        .containsExactly(
            new SourceProven(direct(MAPPED)), new Up(direct(MAPPED), Kind.SERVER_REFLEXIVE));
    List<PathOutput> better = answer(offerer, (Send) checks.get(1), Role.ANSWERER);
    assertThat(better.subList(0, 2))
        .containsExactly(new SourceProven(direct(LAN)), new Changed(direct(LAN), Kind.HOST));
    assertThat(better).hasSize(3);
    Send nomination = (Send) better.get(2);
    assertThat(nomination.to()).isEqualTo(direct(LAN));
    assertThat(proven(Role.ANSWERER, nomination.message()).nominates()).isTrue();
  }

  @Test
  void anAnswerFromElsewhereIsNone() {
    Send check = (Send) tick(offerer, START).get(0);
    Octets response = responseTo(check, Role.ANSWERER);
    assertThat(control(offerer, Pair.direct(ELSEWHERE), Role.OFFERER, response)).isEmpty();
  }

  @Test
  void anUntoldAddressIsLearnedFromAProvenRequestAndCheckedBeforeItIsAnswered() {
    Octets request = request(Role.OFFERER, 1, false);
    List<PathOutput> outputs = control(answerer, Pair.direct(ELSEWHERE), Role.ANSWERER, request);
    assertThat(outputs).hasSize(3);
    assertThat(outputs.get(0)).isEqualTo(new SourceProven(Pair.direct(ELSEWHERE)));
    Send check = (Send) outputs.get(1);
    Send response = (Send) outputs.get(2);
    assertThat(proven(Role.OFFERER, check.message()).kind()).isEqualTo(ProvenMessage.Kind.REQUEST);
    assertThat(proven(Role.OFFERER, response.message()).kind())
        .isEqualTo(ProvenMessage.Kind.RESPONSE);
    assertThat(answer(answerer, check, Role.OFFERER))
        .containsExactly(new Up(Pair.direct(ELSEWHERE), Kind.PEER_REFLEXIVE));
  }

  @Test
  void aRequestThatIsReplayedFromElsewhereIsIgnored() {
    Octets request = request(Role.OFFERER, 1, false);
    control(answerer, direct(MAPPED), Role.ANSWERER, request);
    assertThat(control(answerer, Pair.direct(ELSEWHERE), Role.ANSWERER, request)).isEmpty();
  }

  @Test
  void aCopyThatComesFirstDoesNotSilenceThePeer() {
    Octets request = request(Role.OFFERER, 1, false);
    control(answerer, Pair.direct(ELSEWHERE), Role.ANSWERER, request);
    List<PathOutput> outputs = control(answerer, direct(MAPPED), Role.ANSWERER, request);
    assertThat(outputs).hasSize(1);
    Send response = (Send) outputs.get(0);
    assertThat(response.to()).isEqualTo(direct(MAPPED));
    assertThat(proven(Role.OFFERER, response.message()).kind())
        .isEqualTo(ProvenMessage.Kind.RESPONSE);
  }

  @Test
  void aNominationHoldsOnceTheOwnCheckIsAnsweredToo() {
    List<PathOutput> checks = tick(answerer, START);
    answer(answerer, (Send) checks.get(1), Role.OFFERER);
    List<PathOutput> outputs =
        control(answerer, direct(MAPPED), Role.ANSWERER, request(Role.OFFERER, 1, true));
    assertThat(outputs).noneMatch(Changed.class::isInstance);
    assertThat(answer(answerer, (Send) checks.get(0), Role.OFFERER))
        .containsExactly(new Changed(direct(MAPPED), Kind.SERVER_REFLEXIVE));
  }

  @Test
  void anotherPairIsSoughtAsSoonAsTheOneInUseIsInDoubt() {
    List<PathOutput> checks = tick(offerer, START);
    answer(offerer, (Send) checks.get(0), Role.ANSWERER);
    List<PathOutput> better = answer(offerer, (Send) checks.get(1), Role.ANSWERER);
    answer(offerer, (Send) better.get(2), Role.ANSWERER);

    long unanswered = untilSend(direct(LAN), offerer.nextTimeout());

    assertThat(untilSend(direct(MAPPED), unanswered) - unanswered)
        .isEqualTo(MILLISECONDS.toNanos(1400));
  }

  /** As over another relay: what comes from there is a stranger's until a check has. */
  @Test
  void aPairThatLeadsAnotherWayIsReachedOnceTheOtherPeerAnswersThere() {
    UdpPath path = path(Role.OFFERER, MAPPED);
    answer(path, (Send) tick(path, START).get(0), Role.ANSWERER);
    Send before = (Send) tick(path, START + SECONDS.toNanos(2)).get(0);
    long later = START + SECONDS.toNanos(3);
    path.handle(new PathInput.Rerouted(), later);
    List<PathOutput> checks = tick(path, later);

    assertThat(answer(path, before, Role.ANSWERER))
        .as("what was asked the other way says nothing")
        .isEmpty();
    assertThat(answer(path, (Send) checks.get(checks.size() - 1), Role.ANSWERER))
        .containsExactly(new PathOutput.Reached(direct(MAPPED)));
    assertThat(answer(path, (Send) checks.get(checks.size() - 1), Role.ANSWERER)).isEmpty();
  }

  @Test
  void aPairThatFailsBeforeItIsAgreedUponIsReplacedByAnother() {
    List<PathOutput> checks = tick(offerer, START);
    answer(offerer, (Send) checks.get(0), Role.ANSWERER);
    answer(offerer, (Send) checks.get(1), Role.ANSWERER); // and the nomination is lost
    long now = untilSend(direct(MAPPED), offerer.nextTimeout());
    assertThat(now - START).isLessThan(SECONDS.toNanos(3));

    ProvenMessage answer = proven(Role.OFFERER, responseTo(latest, Role.ANSWERER));
    offerer.handle(new PathInput.Control(direct(MAPPED), answer), now);

    assertThat(drain(offerer)).contains(new Changed(direct(MAPPED), Kind.SERVER_REFLEXIVE));
  }

  @Test
  void theFirstDatagramGoesAlongWithTheFirstChecks() {
    tell(offerer, new PathInput.Early(SEALED));
    List<PathOutput> checks = tick(offerer, START);
    assertThat(checks).hasSize(2).allSatisfy(check -> assertThat(along(check)).isEqualTo(SEALED));
    assertThat(answer(offerer, (Send) checks.get(0), Role.ANSWERER))
        .as("an answered check has brought it")
        .noneMatch(output -> output instanceof Send send && send.message().equals(SEALED));
  }

  @Test
  void checksGoWithoutADatagramThatMayBeTooLongForTheWay() {
    tell(offerer, new PathInput.Early(SEALED));
    List<Send> sent = new ArrayList<>();
    for (long now = START; now < START + SECONDS.toNanos(2); now = offerer.nextTimeout()) {
      tick(offerer, now).forEach(output -> sent.add((Send) output));
    }
    List<Send> there = sent.stream().filter(send -> send.to().equals(direct(MAPPED))).toList();
    assertThat(there.stream().map(UdpPathTest::along))
        .hasSizeGreaterThan(3)
        .startsWith(SEALED, SEALED, null);
    assertThat(answer(offerer, there.get(2), Role.ANSWERER))
        .containsExactly(
            new SourceProven(direct(MAPPED)),
            new Send(direct(MAPPED), SEALED),
            new Up(direct(MAPPED), Kind.SERVER_REFLEXIVE));
  }

  @Test
  void whoHasHeardOfThePeerSendsTheFirstDatagramThereAtOnce() {
    control(answerer, Pair.direct(ELSEWHERE), Role.ANSWERER, request(Role.OFFERER, 1, false));
    List<PathOutput> outputs = tell(answerer, new PathInput.Early(SEALED));
    assertThat(outputs).hasSize(1);
    assertThat(((Send) outputs.get(0)).to()).isEqualTo(Pair.direct(ELSEWHERE));
    assertThat(along(outputs.get(0))).isEqualTo(SEALED);
    assertThat(answer(answerer, (Send) outputs.get(0), Role.OFFERER))
        .contains(new Up(Pair.direct(ELSEWHERE), Kind.PEER_REFLEXIVE));
  }

  @Test
  void noMoreThanSixteenChecksTakeTheDatagramAlong() {
    Candidate[] many =
        IntStream.range(0, 12)
            .mapToObj(i -> candidate(Kind.HOST, "10.0.0." + (10 + i), 4000))
            .toArray(Candidate[]::new);
    UdpPath path = path(Role.OFFERER, many);
    tell(path, new PathInput.Early(SEALED));
    int along = 0;
    while (!path.isOver()) {
      for (PathOutput output : tick(path, path.nextTimeout())) {
        along += output instanceof Send && along(output) != null ? 1 : 0;
      }
    }
    assertThat(along).isEqualTo(16);
  }

  private static @Nullable Octets along(PathOutput send) {
    Octets message = ((Send) send).message();
    Role sender =
        proof(Role.OFFERER).verify(message.asByteBuffer()) == null ? Role.OFFERER : Role.ANSWERER;
    return proven(sender.other(), message).data();
  }

  private static List<PathOutput> tell(UdpPath path, PathInput input) {
    path.handle(input, START);
    return drain(path);
  }

  /** Ticks whenever the offerer wants it; when it sends that way. */
  private long untilSend(Pair to, long now) {
    while (true) {
      List<PathOutput> outputs = tick(offerer, now);
      if (outputs.stream()
          .anyMatch(output -> output instanceof Send send && send.to().equals(to))) {
        latest = (Send) outputs.get(outputs.size() - 1);
        return now;
      }
      assertThat(offerer.nextTimeout()).isBetween(now + 1, now + SECONDS.toNanos(20));
      now = offerer.nextTimeout();
    }
  }

  @Test
  void theFailureTellsWhatBecameOfEachAddress() {
    PathOutput last = null;
    while (!offerer.isOver()) {
      for (PathOutput output : tick(offerer, offerer.nextTimeout())) {
        last = output;
      }
    }
    assertThat(last)
        .isInstanceOfSatisfying(
            Failed.class,
            failed ->
                assertThat(failed.text())
                    .matches(
                        "no direct UDP path in 10.0 s; tried server-reflexive 80.2.0.1:40001 "
                            + "\\(\\d+ checks unanswered\\), host 10.0.0.2:4000 .*"));
    assertThat(offerer.nextTimeout()).isEqualTo(UdpPath.NEVER);
  }

  @Test
  void anAnswerCountsThoughItTakesLongerThanThePauseBetweenRounds() {
    Candidate relay = candidate(Kind.RELAYED, "70.1.0.1", 50000);
    UdpPath path = path(Role.OFFERER, MAPPED, relay);
    answer(path, (Send) tick(path, START).get(0), Role.ANSWERER);
    Send rescue = null;
    long now = START;
    while (rescue == null) {
      now = path.nextTimeout();
      boolean over = now > START + SECONDS.toNanos(10);
      for (PathOutput output : tick(path, now)) {
        rescue = over && output instanceof Send s && s.to().equals(direct(relay)) ? s : rescue;
      }
    }
    long later = now + MILLISECONDS.toNanos(1200);
    while (path.nextTimeout() < later) {
      tick(path, path.nextTimeout());
    }
    ProvenMessage answer = proven(Role.OFFERER, responseTo(rescue, Role.ANSWERER));
    path.handle(new PathInput.Control(rescue.to(), answer), later);
    assertThat(drain(path)).contains(new Changed(direct(relay), Kind.RELAYED));
  }

  /** Answers a check as the side {@code as} would. */
  private static List<PathOutput> answer(UdpPath path, Send check, Role as) {
    return control(path, check.to(), as.other(), responseTo(check, as));
  }

  private static Pair direct(Candidate remote) {
    return Pair.direct(remote.address());
  }

  private static Octets responseTo(Send check, Role as) {
    TransactionId transaction = proven(as, check.message()).transaction();
    return proof(as).response(transaction, PathSessions.OWN.address());
  }

  private static Octets request(Role from, int number, boolean nominate) {
    return proof(from).request(new TransactionId(0, number), nominate);
  }

  private static List<PathOutput> control(UdpPath path, Pair from, Role reader, Octets message) {
    path.handle(new PathInput.Control(from, proven(reader, message)), START);
    return drain(path);
  }

  private static ProvenMessage proven(Role reader, Octets message) {
    return Objects.requireNonNull(proof(reader).verify(message.asByteBuffer()));
  }

  private static Proof proof(Role role) {
    return PathSessions.of(role).proof();
  }

  private static UdpPath path(Role role, Candidate... remote) {
    PathSession session = PathSessions.of(role, remote);
    return new UdpPath(session, new Random(5));
  }

  private static List<PathOutput> tick(UdpPath path, long now) {
    path.tick(now);
    return drain(path);
  }

  private static List<PathOutput> drain(UdpPath path) {
    List<PathOutput> outputs = new ArrayList<>();
    for (PathOutput output = path.poll(); output != null; output = path.poll()) {
      outputs.add(output);
    }
    return outputs;
  }
}
