package io.bradawl.protocol.sim.nat;

import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_AND_PORT_DEPENDENT;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ENDPOINT_INDEPENDENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.nat.Header.Sign;
import io.bradawl.protocol.sim.nat.NatBehaviour.Allocation;
import io.bradawl.protocol.sim.nat.NatBehaviour.Early;
import io.bradawl.protocol.sim.nat.NatBehaviour.Hairpin;
import io.bradawl.protocol.sim.nat.NatBehaviour.Lifetimes;
import io.bradawl.protocol.sim.nat.NatBehaviour.Refusal;
import io.bradawl.protocol.sim.nat.Verdict.Forward;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The NAT by itself, packet by packet. */
class NatTest {

  private static final TransportAddress HOST = address("10.0.0.2", 5000);
  private static final TransportAddress NEIGHBOUR = address("10.0.0.3", 5000);
  private static final TransportAddress REMOTE = address("80.0.0.1", 7000);
  private static final TransportAddress OTHER = address("80.0.0.2", 7000);
  private static final InetAddress EXTERNAL = address("70.0.0.1", 0).ip();
  private static final NatBehaviour CONE =
      NatBehaviour.nat(ENDPOINT_INDEPENDENT, ADDRESS_AND_PORT_DEPENDENT);
  private static final NatBehaviour PRESERVING = CONE.allocating(Allocation.PRESERVING);

  private long now = -Duration.ofDays(1).toNanos();

  @Test
  void neighbouringPortsStayNeighboursIfAsked() {
    Nat nat = nat(CONE.allocating(Allocation.CONTIGUOUS));
    int even = leave(nat, address("10.0.0.2", 6000), REMOTE).port();
    assertThat(leave(nat, address("10.0.0.2", 6001), REMOTE).port()).isEqualTo(even + 1);
    assertThat(even % 2).isZero();
  }

  @Test
  void twoHostsShareAPortOnlyWhereItIsOverloaded() {
    Nat strict = nat(PRESERVING);
    assertThat(leave(strict, HOST, REMOTE).port()).isEqualTo(HOST.port());
    assertThat(leave(strict, NEIGHBOUR, OTHER).port()).isNotEqualTo(HOST.port());

    Nat overloading = nat(PRESERVING.overloading());
    assertThat(leave(overloading, HOST, REMOTE)).isEqualTo(leave(overloading, NEIGHBOUR, OTHER));
    TransportAddress shared = new TransportAddress(EXTERNAL, HOST.port());
    assertThat(enter(overloading, REMOTE, shared)).isEqualTo(HOST);
    assertThat(enter(overloading, OTHER, shared)).isEqualTo(NEIGHBOUR);
    assertThat(leave(overloading, NEIGHBOUR, REMOTE)).isNotEqualTo(shared);
    assertThat(leave(overloading, NEIGHBOUR, OTHER)).isEqualTo(shared);
  }

  @Test
  void eachRemoteHasATimeOfItsOwnAndTheMappingTheLongest() {
    Nat nat = nat(CONE);
    TransportAddress mapped = leave(nat, HOST, REMOTE);
    now += Duration.ofSeconds(20).toNanos();
    assertThat(leave(nat, HOST, OTHER)).isEqualTo(mapped);
    now += Duration.ofSeconds(20).toNanos();
    assertThat(enter(nat, REMOTE, mapped)).isNull();
    assertThat(enter(nat, OTHER, mapped)).isEqualTo(HOST);
    assertThat(leave(nat, HOST, REMOTE)).isEqualTo(mapped);
  }

  @Test
  void aStreamLivesLonger() {
    Lifetimes times = new Lifetimes(seconds(30), seconds(120), seconds(120), seconds(7440), true);
    Nat nat = nat(CONE.keeping(times));
    TransportAddress mapped = leave(nat, HOST, REMOTE);
    now += seconds(3).toNanos();
    assertThat(enter(nat, REMOTE, mapped)).isEqualTo(HOST);
    now += seconds(100).toNanos();
    assertThat(enter(nat, REMOTE, mapped)).isEqualTo(HOST);
    now += seconds(121).toNanos();
    assertThat(enter(nat, REMOTE, mapped)).isNull();
  }

  @Test
  void whenItIsFullTheMappingThatIsIdleForLongestGoes() {
    Nat nat = nat(CONE.holding(2));
    TransportAddress first = leave(nat, HOST, REMOTE);
    now++;
    TransportAddress second = leave(nat, NEIGHBOUR, REMOTE);
    now++;
    leave(nat, address("10.0.0.4", 5000), REMOTE);
    assertThat(enter(nat, REMOTE, first)).isNull();
    assertThat(enter(nat, REMOTE, second)).isEqualTo(NEIGHBOUR);
  }

  @Test
  void anEarlyDatagramMovesTheFlowThatMeetsItForGood() {
    Nat nat = nat(PRESERVING.early(Early.MOVES_MAPPING));
    TransportAddress usual = leave(nat, HOST, OTHER);
    assertThat(enter(nat, REMOTE, usual)).isNull();
    TransportAddress moved = leave(nat, HOST, REMOTE);
    assertThat(moved).isNotEqualTo(usual);
    assertThat(leave(nat, HOST, address("80.0.0.3", 7000))).as("new remotes").isEqualTo(moved);
    assertThat(leave(nat, HOST, OTHER)).as("old remotes").isEqualTo(usual);
    for (int i = 0; i < 4; i++) {
      now += seconds(20).toNanos();
      assertThat(leave(nat, HOST, REMOTE)).isEqualTo(moved);
    }
  }

  @Test
  void rebindingChangesPortsAndLettingGoOfPowerForgetsThem() {
    Nat nat = nat(PRESERVING.overloading());
    TransportAddress before = leave(nat, HOST, REMOTE);
    nat.rebind();
    assertThat(enter(nat, REMOTE, before)).isNull();
    TransportAddress after = leave(nat, HOST, REMOTE);
    assertThat(after).isNotEqualTo(before);
    nat.reboot();
    assertThat(enter(nat, REMOTE, after)).isNull();
    assertThat(leave(nat, HOST, REMOTE)).isEqualTo(before);
  }

  @Test
  void errorsComeThroughWithThePacketTheyAreAbout() {
    Nat nat = nat(CONE);
    TransportAddress mapped = leave(nat, HOST, REMOTE);
    assertThat(nat.enterError(Transport.UDP, mapped, REMOTE, now)).isEqualTo(HOST);
    assertThat(nat.enterError(Transport.UDP, mapped, OTHER, now)).isNull();
    assertThat(nat.leaveError(Transport.UDP, HOST, REMOTE, now)).isEqualTo(mapped);
    Nat deaf = nat(CONE.withoutErrors());
    assertThat(deaf.enterError(Transport.UDP, leave(deaf, HOST, REMOTE), REMOTE, now)).isNull();
  }

  @Test
  void aConnectionThatIsRefusedLeavesNoTrace() {
    Nat nat = nat(CONE);
    TransportAddress mapped = source(nat.leave(header(HOST, REMOTE, Sign.SYN), now));
    assertThat(nat.enter(header(REMOTE, mapped, Sign.RST), now)).isInstanceOf(Forward.class);
    assertThat(nat.enter(header(REMOTE, mapped, Sign.SYN), now))
        .isEqualTo(new Verdict.Refuse(Refusal.DROP));
  }

  @Test
  void aNatMayAnswerForItself() {
    Nat nat = nat(CONE.hairpinning(Hairpin.ANSWERED));
    TransportAddress own = new TransportAddress(EXTERNAL, 9);
    assertThat(nat.leave(new Header(Transport.UDP, HOST, own, Sign.NONE), now))
        .isEqualTo(new Verdict.Refuse(Refusal.RST));
  }

  private static Nat nat(NatBehaviour behaviour) {
    return new Nat(behaviour, EXTERNAL, new Random(5));
  }

  private TransportAddress leave(Nat nat, TransportAddress from, TransportAddress to) {
    return source(nat.leave(new Header(Transport.UDP, from, to, Sign.NONE), now));
  }

  private @Nullable TransportAddress enter(Nat nat, TransportAddress from, TransportAddress to) {
    Verdict verdict = nat.enter(new Header(Transport.UDP, from, to, Sign.NONE), now);
    return verdict instanceof Forward forward ? forward.header().destination() : null;
  }

  private static TransportAddress source(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Forward.class);
    return ((Forward) verdict).header().source();
  }

  private static Header header(TransportAddress from, TransportAddress to, Sign sign) {
    return new Header(Transport.TCP, from, to, sign);
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static TransportAddress address(String ip, int port) {
    try {
      return new TransportAddress(InetAddress.getByName(ip), port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(ip, e);
    }
  }
}
