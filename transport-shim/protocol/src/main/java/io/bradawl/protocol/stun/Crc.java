package io.bradawl.protocol.stun;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** The value of FINGERPRINT, RFC 8489 section 14.7. */
final class Crc {

  private static final int MASK = 0x5354554E;

  private Crc() {}

  static int of(ByteBuffer covered) {
    CRC32 crc = new CRC32();
    crc.update(covered);
    return (int) crc.getValue() ^ MASK;
  }
}
