package io.bradawl.runtime.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.fuzz.Bound;
import io.bradawl.protocol.fuzz.Mutation;
import io.bradawl.protocol.stun.StunSamples;
import io.bradawl.protocol.wire.WireFormatException;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a TURN server sends over TCP or TLS, in pieces: read, or refused; nothing is left behind.
 */
class TurnFramesFuzzTest {

  /** Beside Netty's channel, no more for each octet that came than any codec. */
  private static final Bound BOUND = new Bound(1 << 16, 256);

  /** Netty's own takes 128 KiB whenever it starts a pool. */
  private static final ByteBufAllocator UNPOOLED = new UnpooledByteBufAllocator(false);

  @FuzzTest
  void fuzz(FuzzedDataProvider data) throws Exception {
    List<byte[]> pieces = new ArrayList<>();
    while (data.remainingBytes() > 0 && pieces.size() < 50) {
      pieces.add(piece(data));
    }
    BOUND.hold(pieces.stream().mapToInt(piece -> piece.length).sum(), () -> read(pieces));
  }

  private static void read(List<byte[]> pieces) {
    EmbeddedChannel channel = new EmbeddedChannel(new TurnFrames());
    channel.config().setAllocator(UNPOOLED);
    try {
      pieces.forEach(piece -> channel.writeInbound(Unpooled.wrappedBuffer(piece)));
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
      default -> Mutation.of(StunSamples.wire(data.consumeByte()), data);
    };
  }
}
