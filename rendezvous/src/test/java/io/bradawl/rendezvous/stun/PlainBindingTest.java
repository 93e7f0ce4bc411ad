package io.bradawl.rendezvous.stun;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.stun.Priority;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.rendezvous.net.StunFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.InetSocketAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainBindingTest {

  private final TransactionId transaction = TransactionId.draw(new Random(3));

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.77", "2001:db8::77"})
  void answerIsThatOfTheCodec(String host) {
    InetSocketAddress source = new InetSocketAddress(host, 50_123);
    StunMessage request = StunMessage.request(StunMethod.BINDING, transaction);
    ByteBuf wire = StunFrames.encode(request);
    StunMessage expected = BindingResponder.TACITURN.answer(request, StunFrames.address(source));

    ByteBuf answer = PlainBinding.answer(wire, source, UnpooledByteBufAllocator.DEFAULT);

    assertThat(PlainBinding.is(wire)).isTrue();
    assertThat(answer.nioBuffer()).isEqualTo(StunEncoder.encode(expected));
    answer.release();
  }

  @Test
  void allElseIsForTheCodec() {
    assertThat(isPlain(StunMessage.indication(StunMethod.BINDING, transaction))).isFalse();
    assertThat(isPlain(StunMessage.request(StunMethod.ALLOCATE, transaction))).isFalse();
    assertThat(isPlain(StunMessage.request(StunMethod.BINDING, transaction, new Priority(1))))
        .isFalse();
    assertThat(PlainBinding.is(Unpooled.wrappedBuffer(new byte[20]))).isFalse();
    assertThat(PlainBinding.is(Unpooled.EMPTY_BUFFER)).isFalse();
  }

  private static boolean isPlain(StunMessage message) {
    return PlainBinding.is(StunFrames.encode(message));
  }
}
