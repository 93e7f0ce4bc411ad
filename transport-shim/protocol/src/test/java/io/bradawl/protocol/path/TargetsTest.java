package io.bradawl.protocol.path;

import static io.bradawl.protocol.path.PathSessions.OWN;
import static io.bradawl.protocol.path.PathSessions.candidate;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Candidate.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {

  private static final Candidate MAPPED = candidate(Kind.SERVER_REFLEXIVE, "80.2.0.1", 40001);
  private static final Candidate LAN = candidate(Kind.HOST, "10.0.0.2", 4000);
  private static final Candidate DOCKER = candidate(Kind.HOST, "172.17.0.1", 4000);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "::1",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "ff02::1",
        "169.254.7.7",
        "fe80::1",
        "255.255.255.255",
        "240.0.0.5"
      })
  void someAddressesNeverGetAPacket(String ip) {
    PathSession session = PathSessions.of(Role.OFFERER, candidate(Kind.HOST, ip, 4000));
    assertThat(Targets.of(session, 10)).isEmpty();
  }

  @Test
  void norDoOnesOwnAddressAndPortZero() {
    Candidate portless = candidate(Kind.HOST, "10.0.0.3", 0);
    assertThat(Targets.of(PathSessions.of(Role.OFFERER, OWN, portless), 10)).isEmpty();
  }

  @Test
  void loopbackIsFineForWhoIsThereItself() {
    Candidate loopback = candidate(Kind.HOST, "127.0.0.1", 4001);
    PathSession usual = PathSessions.of(Role.OFFERER, loopback);
    List<Candidate> ownLoopback = List.of(candidate(Kind.HOST, "127.0.0.1", 4000));
    PathSession session =
        new PathSession(
            usual.id(),
            usual.role(),
            usual.keys(),
            ownLoopback,
            usual.remote(),
            usual.startAt(),
            usual.deadline(),
            usual.roundTrip());
    assertThat(Targets.of(session, 10)).containsExactly(loopback);
  }

  @Test
  void reflexiveAndHostAddressesTakeTurnsAndNoneComesTwice() {
    PathSession session = PathSessions.of(Role.OFFERER, LAN, DOCKER, MAPPED, LAN);
    assertThat(Targets.of(session, 10)).containsExactly(MAPPED, LAN, DOCKER);
    assertThat(Targets.of(session, 2)).containsExactly(MAPPED, LAN);
  }
}
