package io.bradawl.protocol.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import io.bradawl.protocol.Octets;
import java.util.Arrays;

/** What becomes of genuine octets on a hostile way. */
public final class Mutation {

  private static final int MOST_MADE_UP = 700;

  private Mutation() {}

  /** As they are, cut, longer, changed in places, or something else altogether. */
  public static byte[] of(byte[] genuine, FuzzedDataProvider data) {
    return switch (data.consumeInt(0, 7)) {
      case 0 -> data.consumeBytes(data.consumeInt(0, MOST_MADE_UP));
      case 1 -> Arrays.copyOf(genuine, data.consumeInt(0, genuine.length));
      case 2 -> joined(genuine, data.consumeBytes(data.consumeInt(0, 64)));
      case 3, 4 -> changed(genuine, data);
      default -> genuine.clone();
    };
  }

  /** The same of immutable octets. */
  public static Octets of(Octets genuine, FuzzedDataProvider data) {
    return Octets.of(of(genuine.toByteArray(), data));
  }

  private static byte[] changed(byte[] genuine, FuzzedDataProvider data) {
    byte[] changed = genuine.clone();
    for (int i = data.consumeInt(1, 8); i > 0 && changed.length > 0; i--) {
      changed[data.consumeInt(0, changed.length - 1)] = data.consumeByte();
    }
    return changed;
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] joined = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, joined, one.length, other.length);
    return joined;
  }
}
