package io.bradawl.rendezvous.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class UnboundTest {

  @Test
  void aPeerThatResetsBeforeItIsBoundIsLetGo() {
    EmbeddedChannel peer = new EmbeddedChannel(new Unbound());

    peer.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));

    assertThat(peer.isOpen()).isFalse();
    peer.checkException();
  }
}
