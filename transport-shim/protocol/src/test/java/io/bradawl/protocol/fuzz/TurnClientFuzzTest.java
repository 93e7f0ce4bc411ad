package io.bradawl.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.PathSessions;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.Lifetime;
import io.bradawl.protocol.stun.Nonce;
import io.bradawl.protocol.stun.PasswordAlgorithm;
import io.bradawl.protocol.stun.PasswordAlgorithms;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunRealm;
import io.bradawl.protocol.stun.StunSamples;
import io.bradawl.protocol.turn.client.AllocationRequest;
import io.bradawl.protocol.turn.client.ConnectionBinding;
import io.bradawl.protocol.turn.client.ToyTurnServer;
import io.bradawl.protocol.turn.client.TurnAccount;
import io.bradawl.protocol.turn.client.TurnClient;
import io.bradawl.protocol.turn.client.TurnInput;
import io.bradawl.protocol.turn.client.TurnOutput;
import io.bradawl.protocol.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The client of a relay that answers rightly, wrongly, twice, late or never, asks for credentials
 * in any form, and sends what nobody asked for; on the way some of it is changed.
 */
class TurnClientFuzzTest {

  private static final List<AllocationRequest> WISHES =
      List.of(
          new AllocationRequest(Transport.UDP, AllocationRequest.Families.DEFAULT, false),
          new AllocationRequest(Transport.UDP, AllocationRequest.Families.BOTH, true),
          new AllocationRequest(Transport.TCP, AllocationRequest.Families.IPV4, true));

  private final ToyTurnServer server = new ToyTurnServer();
  private final List<StunMessage> sent = new ArrayList<>();
  private int connections;

  @FuzzTest
  void fuzz(byte[] input) throws Exception {
    Bound.OF_MACHINE.hold(input, data -> new TurnClientFuzzTest().run(data));
  }

  private void run(FuzzedDataProvider data) {
    var client =
        new TurnClient(
            data.pickValue(WISHES),
            TurnAccount.of("1700000000:peer", "secret"),
            new Random(data.consumeInt()));
    var conduct = new Conduct<>(client, data.consumeInt(), 300, this::perform);
    if (data.consumeBoolean()) {
      server.offerSha256();
    }
    conduct.tell(new TurnInput.Start());
    while (data.remainingBytes() > 0) {
      step(conduct, client, data);
      assertThat(client.isOver() && client.isAllocated()).as("allocated when over").isFalse();
    }
  }

  private void step(
      Conduct<TurnInput, TurnOutput> conduct, TurnClient client, FuzzedDataProvider data) {
    TransportAddress peer =
        PathSessions.address("80.0.1." + data.consumeInt(0, 3), data.consumeInt(0, 2));
    switch (data.consumeInt(0, 15)) {
      case 0 -> conduct.pass(Duration.ofMillis(data.consumeInt(0, 700_000)).toNanos());
      case 1 -> conduct.pass(Duration.ofMillis(data.consumeInt(0, 2_000)).toNanos());
      case 2 -> conduct.tell(new TurnInput.Permit(peer.ip()));
      case 3 -> conduct.tell(new TurnInput.Forbid(peer.ip()));
      case 4 -> conduct.tell(new TurnInput.Bind(peer));
      case 5 -> conduct.tell(new TurnInput.Unbind(peer));
      case 6 -> {
        if (connections++ < 40) {
          conduct.tell(new TurnInput.Connect(peer));
        }
      }
      case 7 -> mood(data);
      case 8 -> bind(client.connectionBind(data.consumeInt()), data);
      case 9 -> end(conduct, data);
      default -> receive(conduct, data);
    }
  }

  private void mood(FuzzedDataProvider data) {
    server.nonce = server.nonce.substring(0, Math.min(13, server.nonce.length())) + "x";
    server.lifetime = data.consumeInt(0, 700);
    server.forges = data.consumeInt(0, 7) == 0;
    server.allocated &= data.consumeBoolean();
  }

  private static void end(Conduct<TurnInput, TurnOutput> conduct, FuzzedDataProvider data) {
    switch (data.consumeInt(0, 30)) {
      case 0 -> conduct.tell(new TurnInput.Release());
      case 1 -> conduct.tell(new TurnInput.TransportLost("connection reset"));
      default -> {}
    }
  }

  private void bind(ConnectionBinding binding, FuzzedDataProvider data) {
    for (int i = 0; i < 5; i++) {
      Optional<StunMessage> answer = answer(decoded(binding.request()), data);
      if (answer.isEmpty() || !binding.received(answer.get())) {
        return;
      }
    }
    throw new AssertionError("a connection is bound again and again");
  }

  private void receive(Conduct<TurnInput, TurnOutput> conduct, FuzzedDataProvider data) {
    if (!sent.isEmpty()) {
      StunMessage request =
          data.consumeInt(0, 3) > 0 ? sent.get(sent.size() - 1) : data.pickValue(sent);
      answer(request, data).map(TurnInput.Received::new).ifPresent(conduct::tell);
    }
  }

  /** What arrives of what the server, or somebody in its place, answers. */
  private Optional<StunMessage> answer(StunMessage request, FuzzedDataProvider data) {
    Optional<ByteBuffer> answer =
        switch (data.consumeInt(0, 5)) {
          case 0 -> Optional.of(StunEncoder.encode(madeUp(request, data)));
          case 1 -> Optional.of(StunEncoder.encode(challenge(request, data)));
          default -> server.answer(request);
        };
    try {
      return answer.isEmpty()
          ? Optional.empty()
          : Optional.of(
              StunDecoder.decode(ByteBuffer.wrap(Mutation.of(octets(answer.get()), data))));
    } catch (WireFormatException e) {
      return Optional.empty();
    }
  }

  private static StunMessage madeUp(StunMessage request, FuzzedDataProvider data) {
    StunMessage sample = StunSamples.message(new Random(data.consumeInt()));
    return new StunMessage(
        data.pickValue(StunClass.values()),
        data.consumeBoolean() ? request.method() : sample.method(),
        request.transaction(),
        sample.attributes());
  }

  private static StunMessage challenge(StunMessage request, FuzzedDataProvider data) {
    int parameters = data.consumeBoolean() ? data.consumeInt(0, 65_000) : 0;
    PasswordAlgorithm unknown = new PasswordAlgorithm(9, Octets.of(new byte[parameters]));
    String features = data.consumeBoolean() ? "obMatJos2AAAB" : "obMatJos2" + data.consumeString(6);
    return request
        .error(
            data.consumeBoolean()
                ? new ErrorCode(ErrorCode.UNAUTHENTICATED, "")
                : new ErrorCode(data.consumeInt(300, 699), ""))
        .plus(
            new StunRealm(data.consumeString(10)),
            new Nonce(features + data.consumeString(8)),
            new PasswordAlgorithms(List.of(PasswordAlgorithm.SHA_256, unknown)),
            new Lifetime(data.consumeInt(0, 600)));
  }

  private static byte[] octets(ByteBuffer wire) {
    return Octets.copyOf(wire).toByteArray();
  }

  private static StunMessage decoded(Octets message) {
    try {
      return StunDecoder.decode(message.asByteBuffer());
    } catch (WireFormatException e) {
      throw new AssertionError("the client sends what does not decode", e);
    }
  }

  private void perform(TurnOutput output) {
    if (output instanceof TurnOutput.Send send) {
      StunMessage message = decoded(send.message());
      assertThat(message.transaction()).isEqualTo(send.transaction());
      assertThat(send.message().length()).isLessThanOrEqualTo(StunHeader.MAX_MESSAGE_LENGTH);
      sent.add(message);
    }
  }
}
