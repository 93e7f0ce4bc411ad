package io.bradawl.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.SignalCodec;
import io.bradawl.protocol.signal.SignalFormatException;
import io.bradawl.protocol.signal.SignalSamples;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.util.Random;

/** What peers and rendezvous say to each other. */
class SignalFuzzTest {

  private static final TransactionId ID = new TransactionId(1, 2);

  @FuzzTest
  void fuzz(FuzzedDataProvider data) throws Exception {
    byte[] genuine = StunEncoder.encode(sample(data)).array();
    byte[] wire = data.consumeBoolean() ? data.consumeBytes(4096) : Mutation.of(genuine, data);
    Bound.OF_CODEC.hold(wire.length, () -> decode(wire));
    read(wire);
  }

  private static void decode(byte[] wire) {
    try {
      SignalCodec.decode(StunDecoder.decode(ByteBuffer.wrap(wire)));
    } catch (WireFormatException | SignalFormatException expected) {
      assertThat(expected.getMessage()).isNotNull();
    }
  }

  private static void read(byte[] wire) {
    try {
      StunMessage message = StunDecoder.decode(ByteBuffer.wrap(wire));
      Signal signal = SignalCodec.decode(message);
      StunMessage again = encode(signal, message);
      assertThat(encode(decodeAgain(again), message)).isEqualTo(again);
    } catch (WireFormatException | SignalFormatException expected) {
      assertThat(expected.getMessage()).isNotNull();
    }
  }

  private static StunMessage sample(FuzzedDataProvider data) {
    Random random = new Random(data.consumeInt());
    Signal.Request request = data.pickValue(SignalSamples.REQUESTS).apply(random);
    return switch (data.consumeInt(0, 2)) {
      case 0 -> SignalCodec.encode(request, ID);
      case 1 -> SignalCodec.encode(data.pickValue(SignalSamples.INDICATIONS).apply(random), ID);
      default ->
          SignalCodec.respond(
              SignalCodec.encode(request, ID), SignalSamples.responseTo(request, random));
    };
  }

  private static StunMessage encode(Signal signal, StunMessage like) {
    if (signal instanceof Signal.Request request) {
      return SignalCodec.encode(request, ID);
    }
    if (signal instanceof Signal.Indication indication) {
      return SignalCodec.encode(indication, ID);
    }
    return signal instanceof Signal.Move move
        ? SignalCodec.encode(move, ID)
        : SignalCodec.respond(
            StunMessage.request(like.method(), like.transaction()), (Signal.Response) signal);
  }

  private static Signal decodeAgain(StunMessage message) {
    try {
      return SignalCodec.decode(StunDecoder.decode(StunEncoder.encode(message)));
    } catch (WireFormatException | SignalFormatException e) {
      throw new AssertionError("what was encoded does not decode", e);
    }
  }
}
