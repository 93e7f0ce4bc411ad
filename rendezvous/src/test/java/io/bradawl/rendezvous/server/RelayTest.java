package io.bradawl.rendezvous.server;

import static io.bradawl.rendezvous.server.TurnTestClient.error;
import static io.bradawl.rendezvous.server.TurnTestClient.peer;
import static io.bradawl.rendezvous.server.TurnTestClient.relayed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.stun.AdditionalAddressFamily;
import io.bradawl.protocol.stun.AddressErrorCode;
import io.bradawl.protocol.stun.AddressFamily;
import io.bradawl.protocol.stun.Data;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.EvenPort;
import io.bradawl.protocol.stun.Lifetime;
import io.bradawl.protocol.stun.RequestedAddressFamily;
import io.bradawl.protocol.stun.RequestedTransport;
import io.bradawl.protocol.stun.ReservationToken;
import io.bradawl.protocol.stun.StunAttribute;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.XorPeerAddress;
import io.bradawl.protocol.stun.XorRelayedAddress;
import io.bradawl.rendezvous.telemetry.Measure;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The relay of datagrams with real sockets. */
@Timeout(90)
class RelayTest {

  private static final int CHANNEL = 0x4001;
  private static final InetSocketAddress IPV4_PEER = new InetSocketAddress("127.0.0.2", 80);

  @RegisterExtension final RelayGround ground = new RelayGround();

  @Test
  void datagramsTravelOverChannels() throws Exception {
    ground.start();
    DatagramSocket peer = peerSocket("127.0.0.2");
    TurnTestClient client = allocated();
    client.bind(CHANNEL, address(peer));

    client.send(CHANNEL, new byte[] {1, 2, 3});

    DatagramPacket arrived = receive(peer);
    assertThat(content(arrived)).containsExactly(1, 2, 3);
    peer.send(new DatagramPacket(new byte[] {4, 5}, 2, arrived.getSocketAddress()));
    assertThat(client.receive(CHANNEL)).containsExactly(4, 5);
  }

  @Test
  void datagramsTravelInIndications() throws Exception {
    ground.start();
    DatagramSocket peer = peerSocket("127.0.0.2");
    TurnTestClient client = allocated();
    client.ask(StunMethod.CREATE_PERMISSION, peer(address(peer)));

    client.send(send(address(peer), new byte[] {9}));

    DatagramPacket arrived = receive(peer);
    assertThat(content(arrived)).containsExactly(9);
    peer.send(new DatagramPacket(new byte[] {7}, 1, arrived.getSocketAddress()));
    StunMessage indication = StunDecoder.decode(client.receive());
    assertThat(indication.is(StunClass.INDICATION, StunMethod.DATA)).isTrue();
    assertThat(indication.first(Data.class)).isEqualTo(new Data(Octets.of((byte) 7)));
    assertThat(indication.first(XorPeerAddress.class)).isEqualTo(peer(address(peer)));
  }

  @Test
  void manyDatagramsOfVariousSizesArriveInOrder() throws Exception {
    ground.start();
    DatagramSocket peer = peerSocket("127.0.0.2");
    TurnTestClient client = allocated();
    client.bind(CHANNEL, address(peer));
    Random random = new Random(5);

    for (int round = 0; round < 20; round++) {
      List<byte[]> sent = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        byte[] payload = new byte[i % 7 == 6 ? 1 + random.nextInt(1400) : 100];
        random.nextBytes(payload);
        sent.add(payload);
        client.send(CHANNEL, payload);
      }
      for (byte[] payload : sent) {
        DatagramPacket arrived = receive(peer);
        assertThat(content(arrived)).isEqualTo(payload);
        peer.send(new DatagramPacket(payload, payload.length, arrived.getSocketAddress()));
      }
      for (byte[] payload : sent) {
        assertThat(client.receive(CHANNEL)).isEqualTo(payload);
      }
    }
  }

  /** On Linux; elsewhere Netty has no way to send them. */
  @Test
  void emptyDatagramsPassInTheirTurn() throws Exception {
    ground.start();
    DatagramSocket peer = peerSocket("127.0.0.2");
    TurnTestClient client = allocated();
    client.bind(CHANNEL, address(peer));

    client.send(CHANNEL, new byte[] {1});
    client.send(CHANNEL, new byte[0]);
    client.send(CHANNEL, new byte[] {2});

    assertThat(content(receive(peer))).containsExactly(1);
    DatagramPacket arrived = receive(peer);
    assertThat(content(arrived)).isEmpty();
    assertThat(content(receive(peer))).containsExactly(2);
    peer.send(new DatagramPacket(new byte[0], 0, arrived.getSocketAddress()));
    assertThat(client.receive(CHANNEL)).isEmpty();
  }

  /** The first one shows that there are such, and may be lost. */
  @Test
  void longDatagramsPass() throws Exception {
    ground.start();
    DatagramSocket peer = peerSocket("127.0.0.2");
    TurnTestClient client = allocated();
    client.bind(CHANNEL, address(peer));
    byte[] payload = new byte[20_000];
    new Random(6).nextBytes(payload);
    client.send(CHANNEL, payload);
    client.ask(StunMethod.REFRESH);
    client.send(CHANNEL, payload);
    DatagramPacket arrived = receive(peer);
    assertThat(content(arrived)).isEqualTo(payload);

    DatagramPacket back = new DatagramPacket(payload, payload.length, arrived.getSocketAddress());
    peer.send(back);
    client.send(CHANNEL, new byte[] {1});
    assertThat(content(receive(peer))).containsExactly(1);
    peer.send(back);

    assertThat(client.receive(CHANNEL)).isEqualTo(payload);
  }

  @Test
  void twoRelaysOfOneServerMeetWithinIt() throws Exception {
    ground.start();
    TurnTestClient one = ground.udpClient();
    TurnTestClient other = ground.udpClient();
    InetSocketAddress oneRelay = allocate(one);
    InetSocketAddress otherRelay = allocate(other);
    one.bind(CHANNEL, otherRelay);
    other.bind(CHANNEL + 1, oneRelay);

    one.send(CHANNEL, new byte[] {1});
    assertThat(other.receive(CHANNEL + 1)).containsExactly(1);
    other.send(CHANNEL + 1, new byte[] {2});
    assertThat(one.receive(CHANNEL)).containsExactly(2);
  }

  /** Permission for the relay's own address reaches other relays, and nothing else there. */
  @Test
  void otherPortsOfTheServerAreOutOfReach() throws Exception {
    ground.start();
    DatagramSocket service = peerSocket("127.0.0.1");
    DatagramSocket peer = peerSocket("127.0.0.2");
    TurnTestClient client = allocated();
    client.bind(CHANNEL, address(service));
    client.bind(CHANNEL + 1, address(peer));

    client.send(CHANNEL, new byte[] {6, 6, 6});
    client.send(CHANNEL + 1, new byte[] {1});

    assertThat(content(receive(peer))).containsExactly(1);
    service.setSoTimeout(1);
    assertThatThrownBy(() -> receive(service)).isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void strangersAreNotHeard() throws Exception {
    ground.start();
    DatagramSocket stranger = peerSocket("127.0.0.3");
    DatagramSocket peer = peerSocket("127.0.0.2");
    TurnTestClient client = ground.udpClient();
    InetSocketAddress relay = allocate(client);
    client.bind(CHANNEL, address(peer));

    stranger.send(new DatagramPacket(new byte[] {6}, 1, relay));
    peer.send(new DatagramPacket(new byte[] {1}, 1, relay));

    assertThat(client.receive(CHANNEL)).containsExactly(1);
  }

  @Test
  void nothingIsSentToWhomTheClientHasNoPermissionFor() throws Exception {
    ground.start();
    DatagramSocket peer = peerSocket("127.0.0.2");
    TurnTestClient client = allocated();

    client.send(send(address(peer), new byte[] {6}));
    client.ask(StunMethod.CREATE_PERMISSION, peer(address(peer)));
    client.send(send(address(peer), new byte[] {1}));

    assertThat(content(receive(peer))).containsExactly(1);
  }

  @Test
  void datagramsTravelOverIpv6() throws Exception {
    ground.start("--relay-ip", "127.0.0.1,::1");
    TurnTestClient one = ground.udpClient();
    TurnTestClient other = ground.udpClient();
    InetSocketAddress oneRelay = allocate(one, new RequestedAddressFamily(AddressFamily.IPV6));
    InetSocketAddress otherRelay = allocate(other, new RequestedAddressFamily(AddressFamily.IPV6));
    assertThat(oneRelay.getAddress()).isInstanceOf(Inet6Address.class);
    one.bind(CHANNEL, otherRelay);
    other.bind(CHANNEL, oneRelay);

    one.send(CHANNEL, new byte[] {1});

    assertThat(other.receive(CHANNEL)).containsExactly(1);
    assertThat(error(one.ask(StunMethod.CREATE_PERMISSION, peer(IPV4_PEER))))
        .isEqualTo(ErrorCode.PEER_ADDRESS_FAMILY_MISMATCH);
  }

  @Test
  void oneAllocationHasAnAddressOfEachFamily() throws Exception {
    ground.start("--relay-ip", "127.0.0.1,::1");
    DatagramSocket peer = peerSocket("127.0.0.2");
    TurnTestClient client = ground.udpClient();
    TurnTestClient other = ground.udpClient();
    InetSocketAddress far = allocate(other, new RequestedAddressFamily(AddressFamily.IPV6));

    StunMessage both =
        client.ask(
            StunMethod.ALLOCATE,
            RequestedTransport.UDP,
            new AdditionalAddressFamily(AddressFamily.IPV6));

    assertThat(both.attributes())
        .filteredOn(XorRelayedAddress.class::isInstance)
        .extracting(relayed -> ((XorRelayedAddress) relayed).address().isIpv6())
        .containsExactly(false, true);
    client.bind(CHANNEL, address(peer));
    client.bind(CHANNEL + 1, far);
    other.ask(StunMethod.CREATE_PERMISSION, peer(new InetSocketAddress("::1", 0)));
    client.send(CHANNEL, new byte[] {4});
    assertThat(content(receive(peer))).containsExactly(4);
    client.send(CHANNEL + 1, new byte[] {6});
    assertThat(StunDecoder.decode(other.receive()).first(Data.class))
        .isEqualTo(new Data(Octets.of((byte) 6)));
  }

  @Test
  void aFamilyThatTheServerLacksIsRefusedOrLeftOut() throws Exception {
    ground.start();
    StunMessage refused =
        ground
            .udpClient()
            .ask(
                StunMethod.ALLOCATE,
                RequestedTransport.UDP,
                new RequestedAddressFamily(AddressFamily.IPV6));
    StunMessage half =
        ground
            .udpClient()
            .ask(
                StunMethod.ALLOCATE,
                RequestedTransport.UDP,
                new AdditionalAddressFamily(AddressFamily.IPV6));

    assertThat(error(refused)).isEqualTo(ErrorCode.ADDRESS_FAMILY_NOT_SUPPORTED);
    assertThat(half.has(AddressErrorCode.class)).isTrue();
    assertThat(relayed(half).getAddress()).isEqualTo(InetAddress.getByName("127.0.0.1"));
  }

  @Test
  void addressesThatAreNotPublicAreForbiddenUnlessAllowed() throws Exception {
    ground.start();
    TurnTestClient client = allocated();

    for (String peer : List.of("127.0.0.3", "0.0.0.0", "10.0.0.1", "169.254.169.254")) {
      StunMessage answer =
          client.ask(StunMethod.CREATE_PERMISSION, peer(new InetSocketAddress(peer, 80)));
      assertThat(error(answer)).as(peer).isEqualTo(ErrorCode.FORBIDDEN);
    }
  }

  @Test
  void reservedPortIsTheNextOne() throws Exception {
    ground.start();
    TurnTestClient first = ground.udpClient();
    TurnTestClient second = ground.udpClient();
    StunMessage even = first.ask(StunMethod.ALLOCATE, RequestedTransport.UDP, new EvenPort(true));

    StunMessage next =
        second.ask(StunMethod.ALLOCATE, RequestedTransport.UDP, even.first(ReservationToken.class));

    assertThat(relayed(even).getPort()).isEven();
    assertThat(relayed(next).getPort()).isEqualTo(relayed(even).getPort() + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--max-allocations", "--max-allocations-per-user", "--max-allocations-per-source"})
  void allocationsAreLimitedUntilOneEnds(String option) throws Exception {
    ground.start(option, "1");
    TurnTestClient first = allocated();
    TurnTestClient second = ground.udpClient();

    StunMessage refused = second.ask(StunMethod.ALLOCATE, RequestedTransport.UDP);

    assertThat(error(refused)).isEqualTo(ErrorCode.ALLOCATION_QUOTA_REACHED);
    first.ask(StunMethod.REFRESH, new Lifetime(0));
    assertThat(error(second.ask(StunMethod.ALLOCATE, RequestedTransport.UDP))).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--max-relay-rate", "--max-relay-rate-per-user"})
  void whatExceedsTheRateIsDropped(String option) throws Exception {
    ground.start(option, "8");
    DatagramSocket peer = peerSocket("127.0.0.2");
    TurnTestClient client = allocated();
    client.bind(CHANNEL, address(peer));

    client.send(CHANNEL, new byte[900]);
    client.send(CHANNEL, new byte[900]);
    client.send(CHANNEL, new byte[900]);
    client.ask(StunMethod.REFRESH);
    long dropped = ground.telemetry.measures().sum(Measure.RELAY_BANDWIDTH);
    client.send(CHANNEL, new byte[1]);

    // As many of the three as a second has room for, or more seconds if the machine is slow.
    for (long passed = 3 - dropped; passed > 0; passed--) {
      assertThat(content(receive(peer))).hasSize(900);
    }
    assertThat(content(receive(peer))).hasSize(1);
    assertThat(dropped).isPositive();
  }

  @Test
  void clientsOnTcpAreRelayedToo() throws Exception {
    ground.start();
    DatagramSocket peer = peerSocket("127.0.0.2");
    TurnTestClient client = ground.tcpClient();
    allocate(client);
    client.bind(CHANNEL, address(peer));

    client.send(CHANNEL, new byte[] {1, 2, 3});
    client.send(CHANNEL, new byte[] {4});

    DatagramPacket arrived = receive(peer);
    assertThat(content(arrived)).containsExactly(1, 2, 3);
    assertThat(content(receive(peer))).containsExactly(4);
    peer.send(new DatagramPacket(new byte[] {5, 6}, 2, arrived.getSocketAddress()));
    assertThat(client.receive(CHANNEL)).containsExactly(5, 6);
  }

  private TurnTestClient allocated() throws Exception {
    TurnTestClient client = ground.udpClient();
    allocate(client);
    return client;
  }

  private static InetSocketAddress allocate(TurnTestClient client, StunAttribute... more)
      throws Exception {
    List<StunAttribute> wishes = new ArrayList<>(List.of(more));
    wishes.add(RequestedTransport.UDP);
    return relayed(client.ask(StunMethod.ALLOCATE, wishes.toArray(StunAttribute[]::new)));
  }

  private DatagramSocket peerSocket(String host) throws IOException {
    DatagramSocket socket = ground.open(new DatagramSocket(new InetSocketAddress(host, 0)));
    socket.setSoTimeout(TurnTestClient.PATIENCE_MILLIS);
    return socket;
  }

  private static ByteBuffer send(InetSocketAddress peer, byte[] payload) {
    return StunEncoder.encode(
        StunMessage.indication(
            StunMethod.SEND,
            TransactionId.draw(new Random()),
            peer(peer),
            new Data(Octets.of(payload))));
  }

  private static InetSocketAddress address(DatagramSocket socket) {
    return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
  }

  private static DatagramPacket receive(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    socket.receive(packet);
    return packet;
  }

  private static byte[] content(DatagramPacket packet) {
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }
}
