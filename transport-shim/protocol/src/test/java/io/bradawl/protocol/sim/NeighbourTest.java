package io.bradawl.protocol.sim;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate.Kind;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is on the own LAN: the peer itself, or a stranger that has the peer's private address. */
class NeighbourTest {

  private static final Octets BANNER = Octets.of("220 not the peer at all\r\n".getBytes(US_ASCII));

  @Test
  void peersBehindTheSameNatMeetOnTheirLan() {
    Internet internet = new Internet(1);
    Site site = internet.site(NatKind.PORT_RESTRICTED.behaviour(), 1);
    Host neighbour = site.neighbour(internet.world(), Site.ip(10, 0, 0, 99));
    UdpPeer udp = internet.udpPeer(site.host());
    UdpPeer otherUdp = internet.udpPeer(neighbour);
    TcpPeer tcp = internet.tcpPeer(site.host());
    TcpPeer otherTcp = internet.tcpPeer(neighbour);

    meet(internet.meeting(udp, otherUdp));
    meet(internet.meeting(tcp, otherTcp));

    assertThat(udp.kind()).isEqualTo(Kind.HOST);
    assertThat(udp.remote()).isEqualTo(neighbour.at(UdpPeer.PORT));
    assertThat(otherUdp.remote()).isEqualTo(site.host().at(UdpPeer.PORT));
    assertThat(Objects.requireNonNull(tcp.handOver()).kind()).isEqualTo(Kind.HOST);
    assertThat(otherTcp.isUp()).isTrue();
  }

  /** How a stranger may treat what reaches its TCP port. */
  static Stream<Function<TcpSocket, TcpSocket.Events>> strangers() {
    return Stream.of(
        socket -> TcpSocket.Events.NONE,
        NeighbourTest::echoing,
        socket -> {
          // Speaks first, as many protocols do; later, since it is not established yet.
          socket.write(BANNER);
          return TcpSocket.Events.NONE;
        });
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void aStrangerWithThePeersPrivateAddressNeverWinsTcp(
      Function<TcpSocket, TcpSocket.Events> stranger) {
    Internet internet = new Internet(2);
    Site here = internet.site(NatKind.PORT_RESTRICTED.behaviour(), 1);
    Site there = internet.site(NatKind.PORT_RESTRICTED.behaviour(), 2);
    Host wrong = here.neighbour(internet.world(), Site.ip(10, 0, 0, 2));
    wrong.tcp().listen(TcpPeer.PORT, stranger);
    TcpPeer offerer = internet.tcpPeer(here.host());
    TcpPeer answerer = internet.tcpPeer(there.host());

    meet(internet.meeting(offerer, answerer));

    TcpSocket winner = Objects.requireNonNull(offerer.winner());
    assertThat(winner.remote().ip()).isEqualTo(Site.ip(80, 2, 0, 1));
    assertThat(winner.identity()).isEqualTo(Objects.requireNonNull(answerer.winner()).identity());
    internet.world().run(Duration.ofSeconds(20));
    assertThat(offerer.openSockets()).isEqualTo(1);
  }

  @Test
  void aStrangerThatSendsAllUdpBackNeverWins() {
    Internet internet = new Internet(3);
    Site here = internet.site(NatKind.PORT_RESTRICTED.behaviour(), 1);
    Site there = internet.site(NatKind.PORT_RESTRICTED.behaviour(), 2);
    Host wrong = here.neighbour(internet.world(), Site.ip(10, 0, 0, 2));
    wrong.bind(UdpPeer.PORT, (from, octets) -> wrong.sendDatagram(UdpPeer.PORT, from, octets));
    UdpPeer offerer = internet.udpPeer(here.host());
    UdpPeer answerer = internet.udpPeer(there.host());

    meet(internet.meeting(offerer, answerer));
    internet.world().run(Duration.ofSeconds(2));

    assertThat(Objects.requireNonNull(offerer.remote()).ip()).isEqualTo(Site.ip(80, 2, 0, 1));
    assertThat(answerer.isUp()).isTrue();
    assertThat(offerer.ofStrangers()).as("what it sent back").isNotEmpty();
  }

  private static TcpSocket.Events echoing(TcpSocket socket) {
    return new TcpSocket.Events() {
      @Override
      public void message(Octets octets) {
        socket.write(octets);
      }
    };
  }

  private static void meet(Meeting meeting) {
    meeting.arrange();
    assertThat(meeting.decides()).isTrue();
  }
}
