package io.bradawl.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.peer.PeerId;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RefusalQuotaTest {

  private final RefusalQuota quota = new RefusalQuota();

  @Test
  void tellsOfAPeerOncePerMinute() {
    assertThat(quota.permits(peer(1), 0)).isTrue();
    assertThat(quota.permits(peer(1), 1)).isFalse();
    assertThat(quota.permits(peer(2), 2)).isTrue();
    assertThat(quota.permits(peer(1), RefusalQuota.PERIOD - 1)).isFalse();
    assertThat(quota.permits(peer(1), RefusalQuota.PERIOD)).isTrue();
  }

  @Test
  void doesNotDrownInManyPeers() {
    for (int i = 0; i < RefusalQuota.MAX_PER_PERIOD; i++) {
      assertThat(quota.permits(peer(i), i)).isTrue();
    }
    assertThat(quota.permits(peer(1000), 100)).isFalse();
    assertThat(quota.permits(peer(1000), RefusalQuota.PERIOD)).isTrue();
  }

  private static PeerId peer(int number) {
    return new PeerId(Octets.of(ByteBuffer.allocate(PeerId.LENGTH).putInt(number).array()));
  }
}
