package io.bradawl.rendezvous.server;

import static io.bradawl.rendezvous.server.TurnTestClient.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.Nonce;
import io.bradawl.protocol.stun.RequestedTransport;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.StunRealm;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.credential.Challenge;
import io.bradawl.protocol.stun.credential.LongTermClient;
import io.bradawl.protocol.stun.credential.LongTermClient.Answer;
import io.bradawl.protocol.stun.credential.LongTermCredential;
import io.bradawl.protocol.stun.credential.PreparedRequest;
import io.bradawl.protocol.turn.RelayGrant;
import io.bradawl.rendezvous.telemetry.Family;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Telemetry;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of the relay while the server lets go of its peers. */
@Timeout(60)
class RelayDrainTest {

  private static final int PATIENCE_MILLIS = 10_000;

  private final Telemetry telemetry = Telemetry.unseen();
  private final Random random = new Random(1);
  private RendezvousServer server;
  private InetSocketAddress address;

  @BeforeEach
  void start() throws Exception {
    server = RelayServer.start(telemetry, "--relay-ip", "127.0.0.1");
    address = server.addresses().get(0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void allocationsStayAndNoneIsAdded() throws Exception {
    try (TestPeer peer = new TestPeer(address, 1, "db");
        DatagramSocket first = new DatagramSocket();
        DatagramSocket second = new DatagramSocket()) {
      RelayGrant grant =
          Objects.requireNonNull(((Signal.Registered) peer.register()).relay(), "no relay");
      assertThat(ask(first, grant, StunMethod.ALLOCATE).messageClass())
          .isEqualTo(StunClass.SUCCESS);

      server.drain(Duration.ofMinutes(1));

      assertThat(error(ask(second, grant, StunMethod.ALLOCATE)))
          .isEqualTo(ErrorCode.INSUFFICIENT_CAPACITY);
      assertThat(ask(first, grant, StunMethod.REFRESH).messageClass()).isEqualTo(StunClass.SUCCESS);
    }
    assertThat(telemetry.measures().sum(Family.ALLOCATIONS)).isEqualTo(1);
    assertThat(telemetry.measures().sum(Measure.ALLOCATION_DRAINING)).isEqualTo(1);
  }

  private StunMessage ask(DatagramSocket socket, RelayGrant grant, int method) throws Exception {
    LongTermClient client =
        new LongTermClient(
            new LongTermCredential(grant.username(), grant.password()),
            Challenge.handedOut(new StunRealm(grant.realm()), new Nonce(grant.nonce())));
    StunMessage answer;
    PreparedRequest request;
    do {
      TransactionId transaction = TransactionId.draw(random);
      request =
          client.prepare(
              method == StunMethod.ALLOCATE
                  ? StunMessage.request(method, transaction, RequestedTransport.UDP)
                  : StunMessage.request(method, transaction));
      answer = exchange(socket, request.encode(true));
    } while (client.judge(request, answer) == Answer.RETRY);
    return answer;
  }

  private StunMessage exchange(DatagramSocket socket, ByteBuffer request) throws Exception {
    byte[] octets = new byte[request.remaining()];
    request.get(octets);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.send(new DatagramPacket(octets, octets.length, address));
    DatagramPacket answer = new DatagramPacket(new byte[1500], 1500);
    socket.receive(answer);
    return StunDecoder.decode(ByteBuffer.wrap(answer.getData(), 0, answer.getLength()));
  }
}
