package io.bradawl.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.Octets;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.seal.SealException;
import io.bradawl.protocol.seal.StreamOpener;
import io.bradawl.protocol.seal.StreamSealer;
import java.security.MessageDigest;
import java.util.Arrays;

/** Records of a sealed stream, changed, left out, twice or cut: what opens is the beginning. */
class StreamSealFuzzTest {

  private static final Bound BOUND = new Bound(1 << 18, 8192);

  @FuzzTest
  void fuzz(byte[] input) throws Exception {
    // A fuzzer learns what it has seen sealed, so no two inputs have the same key.
    byte[] key = MessageDigest.getInstance("SHA-256").digest(input);
    BOUND.hold(input, data -> run(key, data));
  }

  private static void run(byte[] key, FuzzedDataProvider data) {
    try (StreamSealer sealer = new StreamSealer(Secret.takeOver(key.clone()));
        StreamOpener opener = new StreamOpener(Secret.takeOver(key.clone()))) {
      boolean ended = false;
      boolean intact = true;
      while (data.remainingBytes() > 0 && !ended) {
        boolean telling = data.consumeInt(0, 7) == 7;
        byte[] payload = telling ? new byte[0] : data.consumeBytes(data.consumeInt(0, 40));
        ended = payload.length == 0 && !telling;
        byte[] record = telling ? tell(sealer, data.consumeInt()) : seal(sealer, payload);
        byte[] received = Mutation.of(record, data);
        intact &= Arrays.equals(record, received);
        assertThat(opens(opener, received, payload)).isEqualTo(intact);
      }
      assertThat(opener.hasEnded()).isEqualTo(ended && intact);
    }
  }

  private static byte[] seal(StreamSealer sealer, byte[] payload) {
    byte[] record = new byte[payload.length + StreamSealer.OVERHEAD];
    System.arraycopy(payload, 0, record, StreamSealer.HEADER_LENGTH, payload.length);
    if (payload.length == 0) {
      sealer.end(record, 0);
    } else {
      sealer.seal(record, 0, payload.length);
    }
    return record;
  }

  private static byte[] tell(StreamSealer sealer, int told) {
    byte[] record = new byte[StreamSealer.TOLD_LENGTH];
    sealer.tell(record, 0, told & Integer.MAX_VALUE);
    return record;
  }

  private static boolean opens(StreamOpener opener, byte[] received, byte[] payload) {
    try {
      int length = opener.recordLength(received, 0, received.length);
      if (length == StreamOpener.UNKNOWN || length > received.length) {
        return broken(opener);
      }
      byte[] into = new byte[length];
      int opened = opener.open(received, 0, received.length, into, 0);
      assertThat(Octets.of(Arrays.copyOf(into, Math.max(0, opened)))).isEqualTo(Octets.of(payload));
      return true;
    } catch (SealException expected) {
      return false;
    }
  }

  /** A stream that stops within a record goes on nowhere. */
  private static boolean broken(StreamOpener opener) {
    try {
      opener.recordLength(new byte[2], 0, 2);
      throw new AssertionError("no record has the length 0");
    } catch (SealException expected) {
      return false;
    }
  }
}
