package io.bradawl.protocol.sim;

import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_AND_PORT_DEPENDENT;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ENDPOINT_INDEPENDENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.address.Candidate.Kind;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import io.bradawl.protocol.sim.nat.NatBehaviour.Hairpin;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NATs behind NATs, and nets beside nets. */
class TopologyTest {

  private static final NatBehaviour CONE =
      NatBehaviour.nat(ENDPOINT_INDEPENDENT, ADDRESS_AND_PORT_DEPENDENT);
  private static final Link LINE = Link.of(Meeting.HALF_WAY);

  private final Internet internet = new Internet(11);
  private final World world = internet.world();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void peersMeetThroughChainsOfNats(int length) {
    List<NatBehaviour> chain = Collections.nCopies(length, CONE);
    Host one = Site.behind(world, internet.net(), chain, 1, LINE).host();
    Host two = Site.behind(world, internet.net(), List.of(CONE), 2, LINE).host();
    assertThat(udp(one, two).isUp()).isTrue();
    assertThat(tcp(one, two).isUp()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"EXTERNAL_SOURCE, true", "NONE, false", "ANSWERED, false"})
  void innerNatsOfOneOuterMeetByItsHairpinOnly(Hairpin hairpin, boolean isUp) {
    Net carrier = new Net(world);
    new NatBox(
        world, carrier, internet.net(), Site.ip(80, 9, 0, 1), LINE, CONE.hairpinning(hairpin));
    Host one = Site.behind(world, carrier, List.of(CONE), 1, LINE).host();
    Host two = Site.behind(world, carrier, List.of(CONE), 2, LINE).host();
    assertThat(udp(one, two).isUp()).isEqualTo(isUp);
    assertThat(tcp(one, two).isUp()).isEqualTo(isUp);
  }

  @ParameterizedTest
  @CsvSource({"EXTERNAL_SOURCE, false, true", "NONE, false, false", "NONE, true, true"})
  void twoSubnetsOfOneNatMeetByHairpinOrByRouting(Hairpin hairpin, boolean routed, boolean isUp) {
    Net guests = new Net(world);
    Net family = new Net(world);
    NatBox box =
        new NatBox(
            world, guests, internet.net(), Site.ip(80, 9, 0, 1), LINE, CONE.hairpinning(hairpin));
    box.serve(family);
    if (routed) {
      box.routing();
    }
    Host one = new Host(world, guests, Site.ip(10, 0, 0, 2), Link.of(Site.LAN_DELAY));
    Host two = new Host(world, family, Site.ip(10, 0, 1, 2), Link.of(Site.LAN_DELAY));
    UdpPeer peer = udp(one, two);
    assertThat(peer.isUp()).isEqualTo(isUp);
    if (routed) {
      assertThat(Objects.requireNonNull(peer.kind())).isEqualTo(Kind.HOST);
    }
    assertThat(tcp(one, two).isUp()).isEqualTo(isUp);
  }

  @Test
  void aFirewallMayStandBeforeSeveralHosts() {
    Net lan = new Net(world);
    Host one = new Host(world, lan, Site.ip(80, 9, 0, 1), Link.of(Site.LAN_DELAY));
    Host two = new Host(world, lan, Site.ip(80, 9, 0, 2), Link.of(Site.LAN_DELAY));
    new NatBox(world, lan, internet.net(), one.ip(), LINE, NatBehaviour.FIREWALL)
        .fronting(two.ip());
    Host outside = Site.behind(world, internet.net(), List.of(CONE), 1, LINE).host();
    assertThat(udp(two, outside).isUp()).isTrue();
    assertThat(udp(one, two).kind()).isEqualTo(Kind.HOST);
  }

  private UdpPeer udp(Host one, Host two) {
    UdpPeer offerer = internet.udpPeer(one);
    UdpPeer answerer = internet.udpPeer(two);
    meet(offerer, answerer);
    assertThat(answerer.isUp()).isEqualTo(offerer.isUp());
    return offerer;
  }

  private TcpPeer tcp(Host one, Host two) {
    TcpPeer offerer = internet.tcpPeer(one);
    TcpPeer answerer = internet.tcpPeer(two);
    meet(offerer, answerer);
    assertThat(answerer.isUp()).isEqualTo(offerer.isUp());
    return offerer;
  }

  private void meet(Peer offerer, Peer answerer) {
    Meeting meeting = internet.meeting(offerer, answerer);
    meeting.arrange();
    assertThat(meeting.decides()).isTrue();
  }
}
