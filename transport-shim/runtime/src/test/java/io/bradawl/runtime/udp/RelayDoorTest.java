package io.bradawl.runtime.udp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.Data;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.XorPeerAddress;
import io.bradawl.protocol.turn.ChannelData;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelayDoorTest {

  private static final InetSocketAddress SERVER = new InetSocketAddress(ip(70), 3478);
  private static final TransportAddress PEER = new TransportAddress(ip(80), 5683);
  private static final int CHANNEL = ChannelData.FIRST_CHANNEL + 2;
  private static final TransactionId ASKED = new TransactionId(1, 2);

  private final List<StunMessage> answers = new ArrayList<>();
  private final RelayDoor door = new RelayDoor(SERVER, answers::add);

  @Test
  void isWhereTheServerIs() {
    long low = IpBits.low(SERVER.getAddress());
    assertThat(door.isAt(0, low, 3478)).isTrue();
    assertThat(door.isAt(0, low, 3479)).isFalse();
    assertThat(door.isAt(0, IpBits.low(PEER.ip()), 3478)).isFalse();
  }

  @Test
  void whatAWayHasFramedIsUnwrappedInPlace() {
    door.bind(CHANNEL, PEER);
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      ByteBuffer framed = ByteBuffer.allocateDirect(100).order(order);
      ByteBuffer datagram = text("hello");
      ChannelWay way = new ChannelWay(SERVER, CHANNEL, DatagramSecurity.NONE);

      assertThat(way.ready(datagram, framed)).isEqualTo(SERVER);
      assertThat(datagram).isEqualTo(text("hello"));
      RelayDoor.Peer from = door.unwrap(framed.flip());
      assertThat(from).isNotNull().returns(PEER, RelayDoor.Peer::address);
      assertThat(US_ASCII.decode(framed).toString()).isEqualTo("hello");
    }
  }

  @Test
  void controlIsFramedLikeData() {
    door.bind(CHANNEL, PEER);
    ByteBuffer framed = ChannelWay.framed(CHANNEL, text("check"));

    assertThat(door.unwrap(framed)).isNotNull();
    assertThat(framed).isEqualTo(text("check"));
  }

  @Test
  void aChannelThatNobodyHasBoundChangesNothing() {
    door.bind(CHANNEL, PEER);
    ByteBuffer framed = ChannelWay.framed(CHANNEL + 1, text("x"));
    ByteBuffer before = ByteBuffer.allocate(framed.remaining()).put(framed.duplicate()).flip();

    assertThat(door.unwrap(framed)).isNull();
    assertThat(framed).isEqualTo(before);
    assertThat(door.unwrap(text("application"))).isNull();
  }

  @Test
  void answersToWhatWasAskedGoToTheClientAndNothingElseDoes() {
    StunMessage answer = StunMessage.request(StunMethod.REFRESH, ASKED).success();
    assertThat(door.take(StunEncoder.encode(answer))).isNull();

    door.ask(ASKED);
    assertThat(door.take(StunEncoder.encode(answer))).isEqualTo(RelayDoor.Arrival.ANSWER);
    assertThat(answers).containsExactly(answer);
  }

  @Test
  void aDatagramOfAPeerWithoutChannelIsTakenOut() {
    Data data = new Data(Octets.of("early".getBytes(US_ASCII)));
    StunMessage indication =
        StunMessage.indication(StunMethod.DATA, ASKED, new XorPeerAddress(PEER), data);

    assertThat(door.take(StunEncoder.encode(indication)))
        .isEqualTo(new RelayDoor.Arrival(PEER, text("early")));
  }

  @Test
  void whatIsNotOfTheServerIsLeftAlone() {
    assertThat(door.take(text("not a STUN message at all"))).isNull();
    StunMessage other = StunMessage.indication(StunMethod.BINDING, new TransactionId(3, 4));
    assertThat(door.take(StunEncoder.encode(other))).isNull();
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(US_ASCII));
  }

  private static InetAddress ip(int first) {
    try {
      return InetAddress.getByAddress(new byte[] {(byte) first, 0, 0, 2});
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
