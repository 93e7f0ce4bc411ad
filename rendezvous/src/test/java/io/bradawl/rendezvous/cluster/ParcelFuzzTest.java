package io.bradawl.rendezvous.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.Octets;
import io.bradawl.protocol.fuzz.Bound;
import io.bradawl.protocol.fuzz.Mutation;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.SignalSamples;
import io.bradawl.rendezvous.directory.Registration;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What comes from Redis, where others may write too: parcels of other nodes, and entries. */
class ParcelFuzzTest {

  private static final PeerInstance TO =
      new PeerInstance(new PeerId(Octets.of(new byte[PeerId.LENGTH])), 7);

  @FuzzTest
  void fuzz(FuzzedDataProvider data) throws Exception {
    Random random = new Random(data.consumeInt());
    byte[] genuine =
        switch (data.consumeInt(0, 2)) {
          case 0 -> Parcel.encode(TO, data.pickValue(SignalSamples.INDICATIONS).apply(random));
          case 1 -> Parcel.moved(TO, data.consumeBytes(16));
          default -> entry((Signal.Register) SignalSamples.register(random));
        };
    byte[] octets = Mutation.of(genuine, data);
    Bound.OF_CODEC.hold(octets.length, () -> read(octets));
    stable(Parcel.decode(octets));
  }

  private static void read(byte[] octets) {
    Parcel.decode(octets);
    Enrolment.decode(octets);
  }

  private static void stable(@Nullable Parcel parcel) {
    if (parcel instanceof Parcel.Carried carried) {
      byte[] again = Parcel.encode(carried.to(), carried.indication());
      assertThat(Parcel.decode(again)).isEqualTo(carried);
    }
  }

  private static byte[] entry(Signal.Register said) {
    byte[] message =
        Enrolment.message(
            new Registration<>(said.self(), said.realm(), said.claim(), said.services(), "x", 0));
    byte[] head = new byte[33];
    Arrays.fill(head, (byte) 'A');
    return ByteBuffer.allocate(33 + message.length).put(head).put(message).array();
  }
}
