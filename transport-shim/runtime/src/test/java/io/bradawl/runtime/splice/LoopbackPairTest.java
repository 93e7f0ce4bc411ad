package io.bradawl.runtime.splice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

class LoopbackPairTest {

  @Test
  void theEndsAreEachOthers() throws IOException {
    LoopbackPair pair = LoopbackPair.open();
    assertThat(pair.application().getRemoteAddress()).isEqualTo(pair.own().getLocalAddress());
    assertThat(pair.own().getRemoteAddress()).isEqualTo(pair.application().getLocalAddress());
    pair.close();
  }

  /**
   * A minute after an application has closed its end the kernel answers the question by a reset.
   */
  @Test
  void theOwnEndAsksWhetherTheApplicationIsStillThere() throws IOException {
    LoopbackPair pair = LoopbackPair.open();
    assertThat(pair.own().getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
    assertThat(pair.own().getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(60);
    assertThat(pair.own().getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)).isEqualTo(60);
    assertThat(pair.own().getOption(ExtendedSocketOptions.TCP_KEEPCOUNT)).isEqualTo(10);
    assertThat(pair.application().getOption(StandardSocketOptions.SO_KEEPALIVE)).isFalse();
    pair.close();
  }

  @Test
  void aStrangerWhoConnectsFirstIsTurnedAway() throws IOException {
    try (ServerSocketChannel listener = LoopbackPair.listen();
        SocketChannel stranger = SocketChannel.open(listener.getLocalAddress());
        SocketChannel friend = SocketChannel.open(listener.getLocalAddress());
        SocketChannel accepted = LoopbackPair.accept(listener, friend.getLocalAddress(), 2_000)) {
      assertThat(accepted.getRemoteAddress()).isEqualTo(friend.getLocalAddress());
      assertThat(new End(stranger).readAll()).isEqualTo("0 octets 0, end");
    }
  }

  @Test
  void aStrangerAloneIsNoPair() throws IOException {
    try (ServerSocketChannel listener = LoopbackPair.listen();
        SocketChannel stranger = SocketChannel.open(listener.getLocalAddress());
        SocketChannel elsewhere = LoopbackPair.open().application()) {
      assertThatThrownBy(() -> LoopbackPair.accept(listener, elsewhere.getLocalAddress(), 20))
          .isInstanceOf(SocketTimeoutException.class);
      assertThat(new End(stranger).readAll()).endsWith("end");
    }
  }

  @Test
  void thePortIsNobodyElses() throws IOException {
    try (ServerSocketChannel listener = LoopbackPair.listen()) {
      assertThat(listener.getOption(StandardSocketOptions.SO_REUSEPORT)).isFalse();
    }
  }
}
