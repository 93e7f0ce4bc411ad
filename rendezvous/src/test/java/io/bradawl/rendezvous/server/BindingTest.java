package io.bradawl.rendezvous.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.Fingerprint;
import io.bradawl.protocol.stun.RawAttribute;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.UnknownAttributes;
import io.bradawl.protocol.stun.XorMappedAddress;
import io.bradawl.rendezvous.admission.Limits;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BindingTest {

  /** What an answer may be longer than its request: a mapped IPv6 address with its header. */
  private static final int MOST_GROWTH = 24;

  private final Set<TransactionId> answered = new HashSet<>();
  private RendezvousServer server;
  private DatagramSocket socket;

  @BeforeEach
  void start() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    server = RendezvousServer.start(List.of(new InetSocketAddress(loopback, 0)), Limits.DEFAULT);
    socket = new DatagramSocket(0, loopback);
    socket.connect(server.addresses().get(0));
    socket.setSoTimeout(2_000);
  }

  @AfterEach
  void stop() {
    socket.close();
    server.close();
  }

  @Test
  void tellsTheSourceOfADatagram() throws Exception {
    StunMessage answer = exchange(binding(1), false);

    assertThat(answer.is(StunClass.SUCCESS, StunMethod.BINDING)).isTrue();
    assertThat(answer.transaction()).isEqualTo(new TransactionId(0, 1));
    assertThat(answer.attributes())
        .containsExactly(
            new XorMappedAddress(
                new TransportAddress(socket.getLocalAddress(), socket.getLocalPort())));
  }

  @Test
  void fingerprintsAnswersToFingerprintedRequestsOnly() throws Exception {
    assertThat(exchange(binding(1), true).has(Fingerprint.class)).isTrue();
    assertThat(exchange(binding(2), false).has(Fingerprint.class)).isFalse();
  }

  @Test
  void namesWhatItDoesNotUnderstand() throws Exception {
    StunMessage changeRequest = binding(1).plus(new RawAttribute(0x0003, Octets.of(new byte[4])));
    StunMessage answer = exchange(changeRequest, false);

    assertThat(answer.first(ErrorCode.class).code()).isEqualTo(ErrorCode.UNKNOWN_ATTRIBUTE);
    assertThat(answer.first(UnknownAttributes.class))
        .isEqualTo(new UnknownAttributes(List.of(0x0003)));
  }

  @Test
  void anAnswerIsHardlyLongerThanItsRequest() throws Exception {
    for (int count = 0; count < 20; count++) {
      StunMessage request = binding(count);
      for (int i = 0; i < count; i++) {
        request = request.plus(new RawAttribute(0x7000 + i, Octets.of()));
      }
      int asked = StunEncoder.encodedLength(request);
      assertThat(StunEncoder.encodedLength(exchange(request, false)))
          .isLessThanOrEqualTo(asked + MOST_GROWTH);
    }
  }

  @Test
  void garbageIsDroppedInSilence() throws Exception {
    Random random = new Random(1);
    byte[] whole = TestPeer.octets(binding(7));
    List<byte[]> garbage = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      byte[] octets = new byte[random.nextInt(1400)];
      random.nextBytes(octets);
      garbage.add(octets);
    }
    for (int length = 0; length < whole.length; length++) {
      garbage.add(Arrays.copyOf(whole, length));
    }
    garbage.add(
        TestPeer.octets(StunMessage.indication(StunMethod.BINDING, new TransactionId(1, 1))));
    garbage.add(TestPeer.octets(StunMessage.request(0x003, new TransactionId(1, 1))));
    byte[] wrongFingerprint = StunEncoder.encode(binding(8), null, true).array();
    wrongFingerprint[wrongFingerprint.length - 1] ^= 1;
    garbage.add(wrongFingerprint);
    for (byte[] octets : garbage) {
      socket.send(new DatagramPacket(octets, octets.length));
    }
    assertThat(exchange(binding(42), false).transaction())
        .as("the first answer")
        .isEqualTo(new TransactionId(0, 42));
  }

  @Test
  void answersOverTcpOnTheSamePort() throws Exception {
    try (TestPeer peer = new TestPeer(server.addresses().get(0), 1, null)) {
      for (int i = 0; i < 3; i++) {
        assertThat(peer.ask(binding(i)).first(XorMappedAddress.class))
            .isEqualTo(new XorMappedAddress(peer.local()));
      }
    }
  }

  /**
   * Asks until an answer comes (RFC 8489 section 6.2.1): the kernel may drop datagrams of a burst.
   * Who asked again although only the answer was slow gets another one, while it asks the next.
   */
  private StunMessage exchange(StunMessage request, boolean fingerprint) throws Exception {
    byte[] octets = StunEncoder.encode(request, null, fingerprint).array();
    DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
    while (true) {
      socket.send(new DatagramPacket(octets, octets.length));
      if (receive(answer)) {
        StunMessage heard =
            StunDecoder.decode(ByteBuffer.wrap(answer.getData(), 0, answer.getLength()));
        if (!answered.contains(heard.transaction())) {
          answered.add(request.transaction());
          return heard;
        }
      }
    }
  }

  private boolean receive(DatagramPacket packet) throws IOException {
    try {
      socket.receive(packet);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private static StunMessage binding(long id) {
    return StunMessage.request(StunMethod.BINDING, new TransactionId(0, id));
  }
}
