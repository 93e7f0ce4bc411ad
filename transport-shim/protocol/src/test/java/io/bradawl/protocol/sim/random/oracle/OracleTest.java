package io.bradawl.protocol.sim.random.oracle;

import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_AND_PORT_DEPENDENT;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_DEPENDENT;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ENDPOINT_INDEPENDENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.sim.Site;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import io.bradawl.protocol.sim.nat.NatBehaviour.Hairpin;
import io.bradawl.protocol.sim.random.plan.Box;
import io.bradawl.protocol.sim.random.plan.Plan;
import io.bradawl.protocol.sim.random.plan.Side;
import io.bradawl.protocol.sim.random.plan.Side.Egress;
import io.bradawl.protocol.sim.random.plan.Stranger;
import io.bradawl.protocol.sim.random.plan.Way;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is known of the classic punch, said by the oracle. */
class OracleTest {

  private static final Way WAY = new Way(Duration.ofMillis(10), Duration.ZERO, 0, 0);
  private static final NatBehaviour FULL_CONE =
      NatBehaviour.nat(ENDPOINT_INDEPENDENT, ENDPOINT_INDEPENDENT);
  private static final NatBehaviour ADDRESS_RESTRICTED =
      NatBehaviour.nat(ENDPOINT_INDEPENDENT, ADDRESS_DEPENDENT);
  private static final NatBehaviour PORT_RESTRICTED =
      NatBehaviour.nat(ENDPOINT_INDEPENDENT, ADDRESS_AND_PORT_DEPENDENT);
  private static final NatBehaviour SYMMETRIC =
      NatBehaviour.nat(ADDRESS_AND_PORT_DEPENDENT, ADDRESS_AND_PORT_DEPENDENT);

  @ParameterizedTest
  @EnumSource(Transport.class)
  void symmetricMeetsWhoeverDoesNotLookAtPorts(Transport transport) {
    assertThat(apart(transport, SYMMETRIC, FULL_CONE)).isEqualTo(Reach.DIRECT);
    assertThat(apart(transport, SYMMETRIC, ADDRESS_RESTRICTED)).isEqualTo(Reach.DIRECT);
    assertThat(apart(transport, SYMMETRIC, PORT_RESTRICTED))
        .isEqualTo(transport == Transport.UDP ? Reach.OPEN : Reach.NO);
    assertThat(apart(transport, SYMMETRIC, SYMMETRIC)).isEqualTo(Reach.NO);
    assertThat(apart(transport, PORT_RESTRICTED, PORT_RESTRICTED)).isEqualTo(Reach.DIRECT);
  }

  @Test
  void twoThatRefuseSimultaneousOpenNeverMeetOverTcp() {
    NatBehaviour strict = PORT_RESTRICTED.withoutSimultaneousOpen();
    assertThat(apart(Transport.TCP, strict, strict)).isEqualTo(Reach.NO);
    assertThat(apart(Transport.TCP, strict, PORT_RESTRICTED)).isEqualTo(Reach.DIRECT);
    assertThat(apart(Transport.UDP, strict, strict)).isEqualTo(Reach.DIRECT);
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void behindOneNatItTakesAHairpin(Transport transport) {
    assertThat(together(transport, Hairpin.NONE)).isEqualTo(Reach.NO);
    assertThat(together(transport, Hairpin.ANSWERED)).isEqualTo(Reach.NO);
    assertThat(together(transport, Hairpin.EXTERNAL_SOURCE)).isEqualTo(Reach.DIRECT);
  }

  @Test
  void whoSendsNoUdpHasNoUdpPath() {
    Side silent = side(FULL_CONE, 2, Egress.NO_UDP);
    Side other = side(FULL_CONE, 3, Egress.ALL);
    assertThat(reach(Transport.UDP, List.of(), silent, other)).isEqualTo(Reach.NO);
    assertThat(reach(Transport.TCP, List.of(), silent, other)).isEqualTo(Reach.DIRECT);
  }

  private static Reach apart(Transport transport, NatBehaviour one, NatBehaviour other) {
    return reach(transport, List.of(), side(one, 2, Egress.ALL), side(other, 3, Egress.ALL));
  }

  /** Each on a net of its own, behind boxes on the net of a common one. */
  private static Reach together(Transport transport, Hairpin hairpin) {
    Box common = new Box(PORT_RESTRICTED.hairpinning(hairpin), Site.ip(80, 9, 0, 1), WAY);
    Side one = side(PORT_RESTRICTED, 2, Egress.ALL);
    Side other = side(PORT_RESTRICTED, 3, Egress.ALL);
    return reach(transport, List.of(common), one, other);
  }

  private static Reach reach(Transport transport, List<Box> shared, Side one, Side other) {
    Duration delay = Duration.ofMillis(10);
    Plan plan = new Plan(0, transport, Duration.ZERO, delay, shared, one, other, List.of(), false);
    return Oracle.of(plan).direct();
  }

  private static Side side(NatBehaviour behaviour, int number, Egress egress) {
    InetAddress host = Site.ip(10, 0, 0, number);
    Box box = new Box(behaviour, Site.ip(80, number, 0, 1), WAY);
    return new Side(List.of(box), host, WAY, false, egress, Stranger.NOBODY);
  }
}
