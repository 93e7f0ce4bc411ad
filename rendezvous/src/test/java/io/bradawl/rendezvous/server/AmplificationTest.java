package io.bradawl.rendezvous.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.stun.Integrity;
import io.bradawl.protocol.stun.IntegrityAlgorithm;
import io.bradawl.protocol.stun.IntegrityKey;
import io.bradawl.protocol.stun.Nonce;
import io.bradawl.protocol.stun.Padding;
import io.bradawl.protocol.stun.PasswordAlgorithm;
import io.bradawl.protocol.stun.RawAttribute;
import io.bradawl.protocol.stun.RequestedTransport;
import io.bradawl.protocol.stun.StunAttribute;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.StunRealm;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.Username;
import io.bradawl.protocol.stun.credential.LongTermVerifier;
import io.bradawl.rendezvous.telemetry.Telemetry;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What whoever forges the source of a datagram gains. The figures are those of docs/security.md:
 * nothing, but for a Binding response and for the challenge without which nobody could ever prove
 * anything.
 */
@Timeout(120)
class AmplificationTest {

  /** Two more addresses, for behaviour discovery. */
  private static final int DISCOVERY_GROWTH = 36;

  private static final int CHALLENGE = 92;
  private static final List<Integer> TURN = List.of(0x003, 0x004, 0x008, 0x009, 0x00A, 0x00B);
  private static final List<Integer> SIGNALLING =
      List.of(0x0B1, 0x0B2, 0x0B3, 0x0B4, 0x0B5, 0x0B6, 0x0B7);

  private final Random random = new Random(7);
  private UdpServer server;
  private DatagramSocket socket;
  private long marker;

  @BeforeEach
  void start() throws IOException {
    server = new UdpServer(Telemetry.unseen());
    socket = fresh();
  }

  private static DatagramSocket fresh() throws IOException {
    DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(2000);
    return socket;
  }

  @AfterEach
  void stop() {
    socket.close();
    server.close();
  }

  @Test
  void aBindingResponseIsHardlyLongerThanItsRequest() throws IOException {
    for (int i = 0; i < 40; i++) {
      StunAttribute padding =
          i % 2 == 0
              ? new Padding(random.nextInt(1300))
              : new RawAttribute(0x9000, Octets.of(new byte[random.nextInt(100)]));
      byte[] request = octets(message(StunClass.REQUEST, StunMethod.BINDING, padding));

      assertThat(replied(request)).isBetween(1, request.length + DISCOVERY_GROWTH);
    }
    byte[] classic = new byte[20];
    classic[1] = 1;
    assertThat(replied(classic)).isBetween(1, classic.length + DISCOVERY_GROWTH);
  }

  @Test
  void theChallengeHasAFixedLengthAndComesAtALimitedRate() throws IOException {
    for (int method : TURN) {
      byte[] request = octets(message(StunClass.REQUEST, method, RequestedTransport.UDP));
      assertThat(replied(request)).isLessThanOrEqualTo(CHALLENGE);
    }
    byte[] allocate = octets(message(StunClass.REQUEST, 0x003, RequestedTransport.UDP));
    int asked = 0;
    while (replied(allocate) > 0) {
      asked++;
    }
    assertThat(asked).isPositive();
  }

  @Test
  void theAnswerToCredentialsThatProveNothingIsNoLonger() throws IOException {
    IntegrityKey key = IntegrityKey.of(Octets.of(new byte[16]));
    for (int method : TURN) {
      for (IntegrityAlgorithm algorithm : IntegrityAlgorithm.values()) {
        StunMessage forged =
            message(
                StunClass.REQUEST,
                method,
                RequestedTransport.UDP,
                new Username("eve"),
                new StunRealm("bradawl"),
                new Nonce("n".repeat(33)),
                PasswordAlgorithm.SHA_256,
                LongTermVerifier.OFFERED);
        byte[] request =
            octets(StunEncoder.encodeProven(forged, new Integrity(algorithm, key), false));

        assertThat(replied(request)).isLessThanOrEqualTo(request.length);
      }
    }
  }

  @Test
  void nothingElseIsAnswered() throws IOException {
    for (int method : SIGNALLING) {
      assertThat(replied(octets(message(StunClass.REQUEST, method)))).isZero();
    }
    for (int method : IntStream.range(0, 16).toArray()) {
      for (StunClass kind : List.of(StunClass.INDICATION, StunClass.SUCCESS, StunClass.ERROR)) {
        assertThat(replied(octets(message(kind, method)))).isZero();
      }
    }
    for (int i = 0; i < 300; i++) {
      byte[] garbage = new byte[1 + random.nextInt(1400)];
      random.nextBytes(garbage);
      // Whatever the first octet tells it apart by (RFC 7983).
      garbage[0] = (byte) i;
      assertThat(replied(garbage)).isZero();
    }
  }

  /**
   * How many octets come back for a datagram until two others, the second sent once the first was
   * answered, are answered too: then it has been dealt with. What the kernel drops is sent again,
   * from another port, at which late answers do not arrive.
   */
  private int replied(byte[] request) throws IOException {
    while (true) {
      try {
        send(request);
        int octets = untilAnswered(++marker);
        return octets + untilAnswered(++marker);
      } catch (SocketTimeoutException lost) {
        socket.close();
        socket = fresh();
      }
    }
  }

  private int untilAnswered(long id) throws IOException {
    send(octets(StunMessage.request(StunMethod.BINDING, new TransactionId(1, id))));
    DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
    int octets = 0;
    for (socket.receive(answer); !answers(answer, id); socket.receive(answer)) {
      octets += answer.getLength();
    }
    return octets;
  }

  private void send(byte[] octets) throws IOException {
    socket.send(new DatagramPacket(octets, octets.length, server.address()));
  }

  private static boolean answers(DatagramPacket packet, long marker) {
    return packet.getLength() >= 20
        && ByteBuffer.wrap(packet.getData()).getInt(8) == 1
        && ByteBuffer.wrap(packet.getData()).getLong(12) == marker;
  }

  private StunMessage message(StunClass kind, int method, StunAttribute... attributes) {
    return new StunMessage(kind, method, TransactionId.draw(random), List.of(attributes));
  }

  private static byte[] octets(StunMessage message) {
    return octets(StunEncoder.encode(message));
  }

  private static byte[] octets(ByteBuffer wire) {
    return Octets.copyOf(wire).toByteArray();
  }
}
