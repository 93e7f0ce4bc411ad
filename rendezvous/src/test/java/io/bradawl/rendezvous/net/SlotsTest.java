package io.bradawl.rendezvous.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.RecvByteBufAllocator;
import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation") // Netty's interface is nested in one that is.
class SlotsTest {

  private static final int SIZE = 2048;

  private final Slots slots = new Slots(SIZE, 32);
  private final RecvByteBufAllocator.Handle handle = slots.newHandle();

  @Test
  void transfersGetRoomForAll() {
    fill();

    assertThat(handle.guess()).isEqualTo(32 * SIZE);
  }

  @Test
  void singleDatagramsGetLittleRoom() {
    fill();
    for (int read = 0; read < 5; read++) {
      handle.lastBytesRead(SIZE);
    }

    assertThat(handle.guess()).isEqualTo(4 * SIZE);
  }

  @Test
  void longDatagramsKeepTheirRoom() {
    slots.widen();
    handle.lastBytesRead(100);

    assertThat(handle.guess()).isEqualTo(32 * SIZE);
  }

  private void fill() {
    for (int read = 0; read < 5; read++) {
      handle.lastBytesRead(handle.guess());
    }
  }
}
