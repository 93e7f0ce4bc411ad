package io.bradawl.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.PathSessions;
import io.bradawl.protocol.stun.ClassicBinding;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunSamples;
import io.bradawl.protocol.turn.ChannelData;
import io.bradawl.protocol.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.util.Random;

/** STUN messages with all attributes, those of RFC 3489, and what tells them from ChannelData. */
class StunFuzzTest {

  private static final TransportAddress SOURCE = PathSessions.address("10.0.0.2", 99);

  @FuzzTest
  void fuzz(FuzzedDataProvider data) throws Exception {
    ByteBuffer wire = ByteBuffer.wrap(message(data));
    Bound.OF_CODEC.hold(wire.remaining(), () -> read(wire));
    assertThat(wire.position()).as("the caller's buffer").isZero();
  }

  private static void read(ByteBuffer wire) {
    if (StunHeader.looksLikeStun(wire)) {
      assertThat(ChannelData.isWhole(wire)).isFalse();
    }
    decode(wire);
    classic(wire);
  }

  private static byte[] message(FuzzedDataProvider data) {
    return data.consumeBoolean()
        ? data.consumeRemainingAsBytes()
        : Mutation.of(
            StunEncoder.encode(StunSamples.message(new Random(data.consumeInt()))).array(), data);
  }

  private static void decode(ByteBuffer wire) {
    try {
      ByteBuffer again = StunEncoder.encode(StunDecoder.decode(wire));
      StunMessage message = decodeAgain(again);
      assertThat(StunEncoder.encodedLength(message)).isEqualTo(again.remaining());
      assertThat(StunEncoder.encode(message)).isEqualTo(again);
    } catch (WireFormatException expected) {
      assertThat(expected.offset()).isBetween(0, wire.remaining());
    }
  }

  private static StunMessage decodeAgain(ByteBuffer wire) {
    try {
      return StunDecoder.decode(wire);
    } catch (WireFormatException e) {
      throw new AssertionError("what was encoded does not decode", e);
    }
  }

  private static void classic(ByteBuffer wire) {
    try {
      if (ClassicBinding.looksLike(wire)) {
        ByteBuffer answer = ClassicBinding.read(wire).answer(SOURCE, null, null);
        assertThat(answer.remaining()).isEqualTo(StunHeader.LENGTH + 12);
      }
    } catch (WireFormatException expected) {
      assertThat(expected.offset()).isBetween(0, wire.remaining());
    }
  }
}
