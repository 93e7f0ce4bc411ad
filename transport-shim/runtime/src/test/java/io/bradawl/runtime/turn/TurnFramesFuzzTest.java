package io.bradawl.runtime.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.fuzz.Bound;
import io.bradawl.protocol.fuzz.Mutation;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunSamples;
import io.bradawl.protocol.wire.WireFormatException;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.util.Random;

/**
 * What a TURN server sends over TCP or TLS, in pieces: read, or refused; nothing is left behind.
 */
class TurnFramesFuzzTest {

  private static final Bound BOUND = new Bound(1 << 18, 512);

  @FuzzTest
  void fuzz(byte[] input) throws Exception {
    BOUND.hold(input, TurnFramesFuzzTest::run);
  }

  private static void run(FuzzedDataProvider data) {
    EmbeddedChannel channel = new EmbeddedChannel(new TurnFrames());
    try {
      for (int i = 0; data.remainingBytes() > 0 && i < 50; i++) {
        channel.writeInbound(Unpooled.wrappedBuffer(piece(data)));
      }
      channel.finishAndReleaseAll();
    } catch (DecoderException expected) {
      assertThat(expected).hasCauseInstanceOf(WireFormatException.class);
    }
  }

  private static byte[] piece(FuzzedDataProvider data) {
    return switch (data.consumeInt(0, 3)) {
      case 0 -> data.consumeBytes(data.consumeInt(0, 40));
      case 1 -> {
        byte[] framed = new byte[data.consumeInt(4, 40)];
        framed[0] = 0x40;
        framed[3] = data.consumeByte();
        yield framed;
      }
      default ->
          Mutation.of(
              StunEncoder.encode(StunSamples.message(new Random(data.consumeByte()))).array(),
              data);
    };
  }
}
