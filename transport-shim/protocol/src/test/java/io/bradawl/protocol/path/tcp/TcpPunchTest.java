package io.bradawl.protocol.path.tcp;

import static io.bradawl.protocol.path.PathSessions.START;
import static io.bradawl.protocol.path.PathSessions.candidate;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Candidate.Kind;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.PathSessions;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.path.tcp.PunchInput.Cause;
import io.bradawl.protocol.path.tcp.PunchOutput.Close;
import io.bradawl.protocol.path.tcp.PunchOutput.Failed;
import io.bradawl.protocol.path.tcp.PunchOutput.HandOver;
import io.bradawl.protocol.path.tcp.PunchOutput.Open;
import io.bradawl.protocol.path.tcp.PunchOutput.Via;
import io.bradawl.protocol.path.tcp.PunchOutput.Write;
import io.bradawl.protocol.stun.TransactionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TcpPunchTest {

  private static final Candidate MAPPED = candidate(Kind.SERVER_REFLEXIVE, "80.2.0.1", 40001);
  private static final Candidate LAN = candidate(Kind.HOST, "10.0.0.2", 4000);
  private static final ConnectionId FIRST = ConnectionId.dialled(0);
  private static final ConnectionId SECOND = ConnectionId.dialled(1);
  private static final ConnectionId ACCEPTED = ConnectionId.accepted(0);
  private static final ConnectionId RELAYED = ConnectionId.relayed(0);

  private final TcpPunch offerer = punch(Role.OFFERER);
  private final TcpPunch answerer = punch(Role.ANSWERER);

  @Test
  void allAddressesAreDialledAtOnceWhenItIsTime() {
    assertThat(offerer.nextTimeout()).isEqualTo(START);
    assertThat(tick(offerer, START - 1)).isEmpty();
    assertThat(tick(offerer, START))
        .containsExactly(
            new Open(FIRST, MAPPED.address(), Via.PORT), new Open(SECOND, LAN.address(), Via.PORT));
    assertThat(tick(offerer, START)).isEmpty();
  }

  @Test
  void theOffererNominatesAndHandsOverWhatIsProvenFirst() {
    tick(offerer, START);
    assertThat(tell(offerer, new PunchInput.Connected(FIRST)))
        .singleElement()
        .isInstanceOf(Write.class);
    tell(offerer, new PunchInput.Accepted(ACCEPTED, PathSessions.address("80.2.0.1", 7)));
    List<PunchOutput> end =
        tell(offerer, new PunchInput.Message(FIRST, proofOf(Role.ANSWERER, false)));
    assertThat(end).hasSize(4);
    assertThat(end.get(0)).isInstanceOf(Write.class);
    assertThat(end.get(1)).isEqualTo(new HandOver(FIRST, MAPPED.address(), Kind.SERVER_REFLEXIVE));
    assertThat(end.subList(2, 4)).containsExactly(new Close(ACCEPTED), new Close(SECOND));
    assertThat(offerer.isOver()).isTrue();
    assertThat(offerer.nextTimeout()).isEqualTo(TcpPunch.NEVER);
  }

  @Test
  void aRelayedConnectionIsTakenWhenADirectOneHasBecomeUnlikely() {
    tick(offerer, START);
    tell(offerer, new PunchInput.Relayed(RELAYED, PathSessions.address("80.2.0.1", 7)));
    assertThat(tell(offerer, new PunchInput.Message(RELAYED, proofOf(Role.ANSWERER, false))))
        .isEmpty();
    assertThat(offerer.nextTimeout()).isEqualTo(START + MILLISECONDS.toNanos(200));
    assertThat(tick(offerer, START + MILLISECONDS.toNanos(200)))
        .hasSize(4)
        .contains(new HandOver(RELAYED, PathSessions.address("80.2.0.1", 7), Kind.RELAYED));
  }

  @Test
  void aRelayedConnectionGivesWayToADirectOne() {
    tick(offerer, START);
    tell(offerer, new PunchInput.Relayed(RELAYED, PathSessions.address("80.2.0.1", 7)));
    tell(offerer, new PunchInput.Message(RELAYED, proofOf(Role.ANSWERER, false)));
    tell(offerer, new PunchInput.Connected(FIRST));
    assertThat(tell(offerer, new PunchInput.Message(FIRST, proofOf(Role.ANSWERER, false))))
        .contains(new HandOver(FIRST, MAPPED.address(), Kind.SERVER_REFLEXIVE))
        .contains(new Close(RELAYED));
  }

  @Test
  void natsThatRefuseAreGivenMoreTimeThanSilentOnes() {
    tick(offerer, START);
    tell(offerer, new PunchInput.ConnectFailed(FIRST, Cause.REFUSED));
    tell(offerer, new PunchInput.Relayed(RELAYED, PathSessions.address("80.2.0.1", 7)));
    tell(offerer, new PunchInput.Message(RELAYED, proofOf(Role.ANSWERER, false)));
    assertThat(tick(offerer, START + MILLISECONDS.toNanos(490)))
        .noneMatch(HandOver.class::isInstance);
    assertThat(tick(offerer, START + MILLISECONDS.toNanos(500)))
        .anyMatch(HandOver.class::isInstance);
  }

  @Test
  void theRelayedAddressOfThePeerIsDialledLaterAndByTheOwnRelayLast() {
    Candidate theirs = candidate(Kind.RELAYED, "80.0.0.1", 50_000);
    Candidate own = candidate(Kind.RELAYED, "80.0.0.1", 50_001);
    TcpPunch punch =
        new TcpPunch(PathSessions.of(Role.ANSWERER, List.of(own), theirs), new Random(5));
    assertThat(tick(punch, START + MILLISECONDS.toNanos(79))).isEmpty();
    assertThat(tick(punch, START + MILLISECONDS.toNanos(80)))
        .containsExactly(new Open(FIRST, theirs.address(), Via.ANY_PORT));
    assertThat(tick(punch, START + MILLISECONDS.toNanos(160)))
        .containsExactly(new Open(SECOND, theirs.address(), Via.RELAY));
  }

  @Test
  void theAnswererWaitsForTheNomination() {
    tell(answerer, new PunchInput.Accepted(ACCEPTED, PathSessions.address("80.2.0.1", 7)));
    assertThat(tell(answerer, new PunchInput.Message(ACCEPTED, proofOf(Role.OFFERER, false))))
        .isEmpty();
    assertThat(tell(answerer, new PunchInput.Message(ACCEPTED, proofOf(Role.OFFERER, true))))
        .containsExactly(
            new HandOver(ACCEPTED, PathSessions.address("80.2.0.1", 7), Kind.PEER_REFLEXIVE));
  }

  @Test
  void aWrongProofClosesTheConnectionAndLeavesTheAddressAlone() {
    tick(offerer, START);
    tell(offerer, new PunchInput.Connected(SECOND));
    Octets ownProof = proofOf(Role.OFFERER, false);
    assertThat(tell(offerer, new PunchInput.Message(SECOND, ownProof)))
        .containsExactly(new Close(SECOND));
    assertThat(opensUntilDeadline(offerer))
        .allMatch(open -> open.remote().equals(MAPPED.address()));
  }

  @Test
  void aSilentConnectionIsNotBorneForLong() {
    tell(answerer, new PunchInput.Accepted(ACCEPTED, PathSessions.address("80.9.0.9", 7)));
    assertThat(tick(answerer, START + SECONDS.toNanos(3))).contains(new Close(ACCEPTED));
  }

  @Test
  void aCrowdOfConnectionsIsTurnedAway() {
    List<PunchOutput> outputs = new ArrayList<>();
    for (int i = 0; i <= TcpPunch.MAX_ACCEPTED; i++) {
      ConnectionId id = ConnectionId.accepted(i);
      outputs.addAll(
          tell(answerer, new PunchInput.Accepted(id, PathSessions.address("80.9.0.9", 7 + i))));
    }
    assertThat(outputs.stream().filter(Write.class::isInstance)).hasSize(TcpPunch.MAX_ACCEPTED);
    assertThat(outputs).endsWith(new Close(ConnectionId.accepted(TcpPunch.MAX_ACCEPTED)));
  }

  @Test
  void aCrowdOfStrangersDoesNotKeepThePeerOut() {
    for (int i = 0; i <= TcpPunch.MAX_ACCEPTED; i++) {
      tell(
          answerer,
          new PunchInput.Accepted(
              ConnectionId.accepted(i), PathSessions.address("80.9.0.9", 7 + i)));
    }
    ConnectionId peers = ConnectionId.accepted(100);
    assertThat(tell(answerer, new PunchInput.Accepted(peers, MAPPED.address())))
        .singleElement()
        .isInstanceOf(Write.class);
    assertThat(tell(answerer, new PunchInput.Message(peers, proofOf(Role.OFFERER, true))))
        .contains(new HandOver(peers, MAPPED.address(), Kind.SERVER_REFLEXIVE));
  }

  /** A host with many addresses may have as many connections from one that the peer has told. */
  @Test
  void aCrowdFromAnAddressOfThePeerIsTurnedAwayToo() {
    List<PunchOutput> outputs = new ArrayList<>();
    for (int i = 0; i <= 1 + TcpPunch.MAX_ACCEPTED; i++) {
      outputs.addAll(
          tell(answerer, new PunchInput.Accepted(ConnectionId.accepted(i), MAPPED.address())));
    }
    assertThat(outputs.stream().filter(Write.class::isInstance)).hasSize(1 + TcpPunch.MAX_ACCEPTED);
    assertThat(outputs).endsWith(new Close(ConnectionId.accepted(1 + TcpPunch.MAX_ACCEPTED)));
  }

  @Test
  void whatIsBeingAcceptedIsNotDialledAgainAtOnce() {
    tick(offerer, START);
    tell(offerer, new PunchInput.ConnectFailed(FIRST, Cause.ADDRESS_NOT_AVAILABLE));
    assertThat(tick(offerer, START + MILLISECONDS.toNanos(300))).isEmpty();
    tell(offerer, new PunchInput.Accepted(ACCEPTED, MAPPED.address()));
    assertThat(tell(offerer, new PunchInput.Message(ACCEPTED, proofOf(Role.ANSWERER, false))))
        .contains(new HandOver(ACCEPTED, MAPPED.address(), Kind.SERVER_REFLEXIVE));
  }

  @Test
  void anUnansweredSynIsReplacedByAnother() {
    tick(offerer, START);
    List<PunchOutput> outputs = tick(offerer, START + MILLISECONDS.toNanos(600));
    assertThat(outputs).hasSize(4).contains(new Close(FIRST), new Close(SECOND));
    assertThat(outputs.get(1))
        .isEqualTo(new Open(ConnectionId.dialled(2), MAPPED.address(), Via.PORT));
  }

  @Test
  void stragglersAreClosedWhenAllIsOver() {
    tell(offerer, new PunchInput.Abandon());
    assertThat(tell(offerer, new PunchInput.Accepted(ACCEPTED, LAN.address())))
        .containsExactly(new Close(ACCEPTED));
    assertThat(tell(offerer, new PunchInput.Connected(FIRST))).containsExactly(new Close(FIRST));
    assertThat(tell(offerer, new PunchInput.Abandon())).isEmpty();
  }

  @Test
  void theFailureTellsWhatBecameOfEachAddress() {
    tick(offerer, START);
    tell(offerer, new PunchInput.ConnectFailed(SECOND, Cause.UNREACHABLE));
    List<PunchOutput> end = tick(offerer, START + PathSession.PATIENCE.toNanos());
    assertThat(end.get(end.size() - 1))
        .isEqualTo(
            new Failed(
                PunchOutput.Reason.NO_PATH,
                "no direct TCP path in 10.0 s; tried server-reflexive 80.2.0.1:40001 "
                    + "(timed out, 1 attempt), host 10.0.0.2:4000 (unreachable, 1 attempt)"));
  }

  @Test
  void aConnectionFromARelayedAddressMayEndBeforeThatWasDialled() {
    Candidate relayed = PathSessions.candidate(Kind.RELAYED, "70.0.0.1", 50_000);
    TcpPunch punch = new TcpPunch(PathSessions.of(Role.OFFERER, relayed), new Random(5));
    tell(punch, new PunchInput.Accepted(ACCEPTED, relayed.address()));
    assertThat(tell(punch, new PunchInput.Closed(ACCEPTED))).isEmpty();
    assertThat(opensUntilDeadline(punch)).isNotEmpty();
  }

  @Test
  void attemptsAreBoundedWhateverHappens() {
    int opens = 0;
    for (long now = START; now < START + PathSession.PATIENCE.toNanos(); now += 1_000_000) {
      for (PunchOutput output : tick(offerer, now)) {
        if (output instanceof Open open) {
          opens++;
          offerer.handle(new PunchInput.ConnectFailed(open.id(), Cause.REFUSED), now);
        }
      }
    }
    assertThat(opens).isBetween(60, 2 * 65);
  }

  private static List<Open> opensUntilDeadline(TcpPunch punch) {
    List<Open> opens = new ArrayList<>();
    while (!punch.isOver()) {
      for (PunchOutput output : tick(punch, punch.nextTimeout())) {
        if (output instanceof Open open) {
          opens.add(open);
        }
      }
    }
    return opens;
  }

  private static Octets proofOf(Role role, boolean nominate) {
    return PathSessions.of(role).proof().indication(new TransactionId(1, 2), nominate);
  }

  private static TcpPunch punch(Role role) {
    return new TcpPunch(PathSessions.of(role, LAN, MAPPED), new Random(5));
  }

  private static List<PunchOutput> tell(TcpPunch punch, PunchInput input) {
    punch.handle(input, START);
    return drain(punch);
  }

  private static List<PunchOutput> tick(TcpPunch punch, long now) {
    punch.tick(now);
    return drain(punch);
  }

  private static List<PunchOutput> drain(TcpPunch punch) {
    List<PunchOutput> outputs = new ArrayList<>();
    for (PunchOutput output = punch.poll(); output != null; output = punch.poll()) {
      outputs.add(output);
    }
    return outputs;
  }
}
