package io.bradawl.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.Octets;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.seal.DatagramOpener;
import io.bradawl.protocol.seal.DatagramSealer;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Sealed datagrams in any order, some changed, some twice: each genuine one opens at most once. */
class DatagramSealFuzzTest {

  private static final Bound BOUND = new Bound(1 << 18, 8192);

  @FuzzTest
  void fuzz(byte[] input) throws Exception {
    // A fuzzer learns what it has seen sealed, so no two inputs have the same key.
    byte[] key = MessageDigest.getInstance("SHA-256").digest(input);
    BOUND.hold(input, data -> run(key, data));
  }

  private static void run(byte[] key, FuzzedDataProvider data) {
    List<Octets> sent = new ArrayList<>();
    Set<Octets> opened = new HashSet<>();
    try (DatagramSealer sealer = new DatagramSealer(Secret.takeOver(key.clone()));
        DatagramOpener opener = new DatagramOpener(Secret.takeOver(key.clone()))) {
      while (data.remainingBytes() > 0) {
        if (sent.isEmpty() || data.consumeBoolean()) {
          sent.add(seal(sealer, data.consumeBytes(data.consumeInt(0, 40))));
        }
        Octets datagram = Mutation.of(data.pickValue(sent), data);
        open(opener, datagram, sent, opened);
      }
    }
  }

  private static Octets seal(DatagramSealer sealer, byte[] payload) {
    ByteBuffer sealed = ByteBuffer.allocate(payload.length + DatagramSealer.OVERHEAD);
    sealer.seal(ByteBuffer.wrap(payload), sealed);
    return Octets.copyOf(sealed.flip());
  }

  private static void open(
      DatagramOpener opener, Octets datagram, List<Octets> sent, Set<Octets> opened) {
    ByteBuffer buffer = ByteBuffer.wrap(datagram.toByteArray());
    if (opener.open(buffer)) {
      assertThat(sent).contains(datagram);
      assertThat(opened.add(datagram)).as("opened for the first time").isTrue();
      assertThat(buffer.remaining()).isEqualTo(datagram.length() - DatagramSealer.OVERHEAD);
    } else {
      assertThat(Octets.copyOf(buffer)).as("what is refused").isEqualTo(datagram);
    }
  }
}
