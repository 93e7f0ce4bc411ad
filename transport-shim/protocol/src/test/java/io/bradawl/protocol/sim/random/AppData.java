package io.bradawl.protocol.sim.random;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.path.Role;
import java.nio.ByteBuffer;

/**
 * What applications say: a question, which the other side answers with the same number.
 *
 * @param from who says it
 * @param length in octets, the answer's as well; no more than {@link #MOST}
 */
record AppData(Role from, boolean answer, int number, int length) {

  /** What always gets through: datagrams of this size are all that QUIC relies on (RFC 9000). */
  static final int MOST = 1200;

  private static final int MARK = 0xDA7ADA7A;
  static final int LEAST = 10;

  static boolean is(Octets octets) {
    return octets.length() >= LEAST && octets.asByteBuffer().getInt() == MARK;
  }

  static AppData read(Octets octets) {
    ByteBuffer in = octets.asByteBuffer();
    in.getInt();
    Role from = in.get() == 0 ? Role.OFFERER : Role.ANSWERER;
    return new AppData(from, in.get() != 0, in.getInt(), octets.length());
  }

  Octets write() {
    ByteBuffer out = ByteBuffer.allocate(length).putInt(MARK);
    out.put((byte) from.ordinal()).put((byte) (answer ? 1 : 0)).putInt(number);
    return Octets.copyOf(out.rewind());
  }
}
