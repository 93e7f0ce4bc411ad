package io.bradawl.rendezvous.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.fuzz.Bound;
import io.bradawl.protocol.stun.StunSamples;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A stream of STUN messages, ChannelData and rubbish: cut anywhere, it is read the same. */
class TurnStreamFuzzTest {

  /** Beside two of Netty's channels, no more for each octet and reading than any codec. */
  private static final Bound BOUND = new Bound(1 << 17, 512);

  /** Netty's own takes 128 KiB whenever it starts a pool. */
  private static final ByteBufAllocator UNPOOLED = new UnpooledByteBufAllocator(false);

  @FuzzTest
  void fuzz(FuzzedDataProvider data) throws Exception {
    byte[] stream = stream(data);
    boolean allocated = data.consumeBoolean();
    List<Integer> cuts = new ArrayList<>();
    for (int at = 0; at < stream.length; ) {
      int length = Math.min(stream.length - at, data.consumeInt(1, 60));
      cuts.add(length);
      at += length;
    }
    BOUND.hold(
        stream.length,
        () ->
            assertThat(read(stream, cuts, allocated))
                .isEqualTo(read(stream, List.of(stream.length), allocated)));
  }

  private static byte[] stream(FuzzedDataProvider data) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int i = data.consumeInt(1, 4); i > 0; i--) {
      switch (data.consumeInt(0, 3)) {
        case 0 -> stream.writeBytes(data.consumeBytes(data.consumeInt(0, 40)));
        case 1 -> {
          int length = data.consumeInt(0, 30);
          stream.writeBytes(new byte[] {0x40, 0, 0, (byte) length});
          stream.writeBytes(new byte[length + (-length & 3)]);
        }
        default -> stream.writeBytes(StunSamples.wire(data.consumeByte()));
      }
    }
    return stream.toByteArray();
  }

  /** What is read, with the end if the stream is refused. */
  private static List<Object> read(byte[] stream, List<Integer> cuts, boolean allocated) {
    TurnStreamDecoder decoder = new TurnStreamDecoder();
    if (allocated) {
      decoder.allowLong();
    }
    EmbeddedChannel channel = new EmbeddedChannel(decoder);
    channel.config().setAllocator(UNPOOLED);
    List<Object> read = new ArrayList<>();
    try {
      int at = 0;
      for (int length : cuts) {
        channel.writeInbound(Unpooled.wrappedBuffer(stream, at, length));
        at += length;
      }
    } catch (DecoderException expected) {
      read.add("refused");
    }
    for (Object frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
      read.add(read.size(), frame instanceof ByteBuf octets ? text(octets) : frame);
    }
    channel.close();
    return read;
  }

  private static String text(ByteBuf octets) {
    String text = ByteBufUtil.hexDump(octets);
    octets.release();
    return text;
  }
}
