package io.bradawl.runtime.dial;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

class WatchedChannelTest {

  @Test
  void asksAfterAMinuteOfSilenceWhetherTheOtherSideIsThere() {
    WatchedChannel channel = new WatchedChannel();
    assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
    assertThat(channel.config().getOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE)))
        .isEqualTo(60);
    channel.unsafe().closeForcibly();
  }
}
