package io.bradawl.protocol.noise;

import org.jspecify.annotations.Nullable;

/** What two peers know each other by; the code is the third octet of a message. */
public enum Membership {
  /** The static keys alone decide; the pre-shared key is all zeros. */
  NONE(0),
  /**
   * Both hold the secret of one realm. Of the offerer this is proven by its first proof under the
   * session keys.
   */
  REALM(1);

  private final int code;

  Membership(int code) {
    this.code = code;
  }

  byte code() {
    return (byte) code;
  }

  static @Nullable Membership of(byte code) {
    for (Membership membership : values()) {
      if (membership.code() == code) {
        return membership;
      }
    }
    return null;
  }
}
