package io.bradawl.runtime.udp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.fuzz.Bound;
import io.bradawl.protocol.fuzz.Mutation;
import io.bradawl.protocol.path.PathSessions;
import io.bradawl.protocol.path.Proof;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.stun.Data;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.StunSamples;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.XorPeerAddress;
import io.bradawl.protocol.turn.ChannelData;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;

/**
 * Telling apart what comes in on one socket: control, relayed data, and the application's own,
 * which stays as it came.
 */
class RelayDoorFuzzTest {

  /** Each datagram is looked at three times. */
  private static final Bound BOUND = new Bound(49_152, 512);

  private static final TransportAddress PEER = PathSessions.address("80.0.0.2", 5683);
  private static final TransactionId ASKED = new TransactionId(1, 2);
  private static final Proof PROOF = PathSessions.of(Role.OFFERER).proof();

  @FuzzTest
  void fuzz(FuzzedDataProvider data) throws Exception {
    byte[] datagram = Mutation.of(genuine(data), data);
    RelayDoor door = new RelayDoor(new InetSocketAddress(PEER.ip(), 3478), answer -> asked(answer));
    door.bind(ChannelData.FIRST_CHANNEL + data.consumeInt(0, 3), PEER);
    door.ask(ASKED);
    BOUND.hold(datagram.length, () -> sort(door, datagram));
  }

  private static void asked(StunMessage answer) {
    assertThat(answer.transaction()).isEqualTo(ASKED);
  }

  private static void sort(RelayDoor door, byte[] datagram) {
    ByteBuffer framed = ByteBuffer.wrap(datagram.clone());
    if (door.unwrap(framed) == null) {
      assertThat(framed).isEqualTo(ByteBuffer.wrap(datagram));
    } else {
      assertThat(framed.remaining()).isLessThanOrEqualTo(datagram.length - ChannelData.HEADER);
    }
    ByteBuffer message = ByteBuffer.wrap(datagram);
    door.take(message);
    Proof.sessionOf(message);
    PROOF.isOwn(message);
    assertThat(message.position()).isZero();
  }

  private static byte[] genuine(FuzzedDataProvider data) {
    return switch (data.consumeInt(0, 3)) {
      case 0 ->
          Octets.copyOf(
                  ChannelWay.framed(
                      ChannelData.FIRST_CHANNEL + data.consumeInt(0, 3),
                      ByteBuffer.wrap(data.consumeBytes(data.consumeInt(0, 40)))))
              .toByteArray();
      case 1 -> PROOF.request(ASKED, data.consumeBoolean()).toByteArray();
      case 2 ->
          StunEncoder.encode(
                  StunMessage.indication(
                      StunMethod.DATA,
                      new TransactionId(3, 4),
                      new XorPeerAddress(PEER),
                      new Data(Octets.of(data.consumeBytes(data.consumeInt(0, 40))))))
              .array();
      default -> StunEncoder.encode(StunSamples.message(new Random(data.consumeInt()))).array();
    };
  }
}
