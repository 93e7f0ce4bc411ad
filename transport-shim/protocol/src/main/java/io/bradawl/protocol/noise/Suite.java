package io.bradawl.protocol.noise;

import org.jspecify.annotations.Nullable;

/**
 * How a message is sealed. The code stands in the second octet of the message, so later suites can
 * live beside.
 */
enum Suite {
  NOISE_IKPSK2_25519_AESGCM_SHA256(1);

  private final int code;

  Suite(int code) {
    this.code = code;
  }

  byte code() {
    return (byte) code;
  }

  static @Nullable Suite of(byte code) {
    for (Suite suite : values()) {
      if (suite.code() == code) {
        return suite;
      }
    }
    return null;
  }
}
