package io.bradawl.protocol.sim.random;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.path.Role;
import java.nio.ByteBuffer;

/**
 * What applications say: a question, which the other side answers with the same number.
 *
 * @param from who says it
 */
record AppData(Role from, boolean answer, int number) {

  private static final int MARK = 0xDA7ADA7A;
  private static final int LENGTH = 10;

  static boolean is(Octets octets) {
    return octets.length() == LENGTH && octets.asByteBuffer().getInt() == MARK;
  }

  static AppData read(Octets octets) {
    ByteBuffer in = octets.asByteBuffer();
    in.getInt();
    return new AppData(in.get() == 0 ? Role.OFFERER : Role.ANSWERER, in.get() != 0, in.getInt());
  }

  Octets write() {
    ByteBuffer out = ByteBuffer.allocate(LENGTH).putInt(MARK);
    out.put((byte) from.ordinal()).put((byte) (answer ? 1 : 0)).putInt(number);
    return Octets.copyOf(out.flip());
  }
}
