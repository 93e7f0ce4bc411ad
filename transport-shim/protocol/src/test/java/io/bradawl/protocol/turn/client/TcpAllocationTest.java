package io.bradawl.protocol.turn.client;

import static io.bradawl.protocol.turn.client.TurnWorld.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.ConnectionId;
import io.bradawl.protocol.stun.Data;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.RequestedTransport;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.XorPeerAddress;
import io.bradawl.protocol.turn.client.AllocationRequest.Families;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpAllocationTest {

  private static final TransportAddress PEER = address("80.2.0.2", 9092);
  private static final TransactionId ANY = new TransactionId(1, 2);

  private final TurnWorld world =
      new TurnWorld(
          new AllocationRequest(Transport.TCP, Families.DEFAULT, true),
          TurnAccount.of(TurnWorld.grant()));

  @BeforeEach
  void allocate() {
    world.tell(new TurnInput.Start());
  }

  @Test
  void asksForTcp() {
    assertThat(world.sent.get(0).first(RequestedTransport.class)).isEqualTo(RequestedTransport.TCP);
  }

  @Test
  void aConnectionToAPeerHasANumber() {
    world.tell(new TurnInput.Connect(PEER));

    assertThat(world.told(TurnOutput.Connected.class))
        .containsExactly(new TurnOutput.Connected(PEER, 77));
  }

  @Test
  void aConnectionThatDoesNotComeAboutSaysWhy() {
    world.server.errors.put(StunMethod.CONNECT, ErrorCode.CONNECTION_TIMEOUT_OR_FAILURE);
    world.tell(new TurnInput.Connect(PEER));

    assertThat(world.told(TurnOutput.NotConnected.class).get(0).error().code())
        .isEqualTo(ErrorCode.CONNECTION_TIMEOUT_OR_FAILURE);
    assertThat(world.client.isAllocated()).isTrue();
  }

  @Test
  void anAttemptOfAPeerIsReported() {
    StunMessage attempt =
        StunMessage.indication(
            StunMethod.CONNECTION_ATTEMPT, ANY, new XorPeerAddress(PEER), new ConnectionId(5));
    world.tell(new TurnInput.Received(attempt));

    assertThat(world.told(TurnOutput.Attempted.class))
        .containsExactly(new TurnOutput.Attempted(PEER, 5));
  }

  @Test
  void aDatagramWithoutChannelIsReported() {
    Octets payload = Octets.of((byte) 1, (byte) 2);
    StunMessage data =
        StunMessage.indication(StunMethod.DATA, ANY, new XorPeerAddress(PEER), new Data(payload));
    world.tell(new TurnInput.Received(data));

    assertThat(world.told(TurnOutput.Data.class))
        .containsExactly(new TurnOutput.Data(PEER, payload));
  }

  @Test
  void aNewConnectionIsBoundThoughTheNonceHasChanged() {
    world.server.nonce = "second";
    ConnectionBinding binding = world.client.connectionBind(77);

    assertThat(binding.received(answer(binding))).isTrue();
    assertThat(binding.received(answer(binding))).isFalse();
    assertThat(binding.isBound()).isTrue();
    assertThat(binding.error()).isNull();
  }

  @Test
  void aNewConnectionThatTheServerDoesNotWantIsOfNoUse() {
    world.server.errors.put(StunMethod.CONNECTION_BIND, ErrorCode.BAD_REQUEST);
    ConnectionBinding binding = world.client.connectionBind(78);

    assertThat(binding.received(answer(binding))).isFalse();
    assertThat(binding.isBound()).isFalse();
    assertThat(binding.error()).isNotNull();
  }

  @Test
  void aForgedAnswerBindsNothing() {
    world.server.forges = true;
    ConnectionBinding binding = world.client.connectionBind(77);
    binding.received(answer(binding));

    assertThat(binding.isBound()).isFalse();
  }

  private StunMessage answer(ConnectionBinding binding) {
    StunMessage request = TurnWorld.decode(binding.request().asByteBuffer());
    return TurnWorld.decode(world.server.answer(request).orElseThrow());
  }
}
