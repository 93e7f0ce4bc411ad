package io.bradawl.runtime.tcp;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.signal.PathDescription;
import java.util.random.RandomGenerator;

/** What a side puts into the key of a session. */
final class Nonces {

  private Nonces() {}

  static Octets draw(RandomGenerator random) {
    byte[] nonce = new byte[PathDescription.NONCE_LENGTH];
    random.nextBytes(nonce);
    return Octets.of(nonce);
  }
}
