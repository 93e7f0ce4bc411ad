package io.bradawl.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WarmUpTest {

  private static final int KEYS = 4;

  @Test
  void drawsTheKeysOfBothSides() throws InterruptedException {
    CountDownLatch drawn = new CountDownLatch(KEYS);
    SecureRandom counting =
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] octets) {
            super.nextBytes(octets);
            drawn.countDown();
          }
        };
    WarmUp.inBackground(counting);
    assertThat(drawn.await(1, TimeUnit.MINUTES)).isTrue();
  }
}
