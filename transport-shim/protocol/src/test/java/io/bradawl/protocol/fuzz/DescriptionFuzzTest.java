package io.bradawl.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.Octets;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.realm.NameClaim;
import io.bradawl.protocol.realm.Realm;
import io.bradawl.protocol.signal.PathDescription;
import io.bradawl.protocol.signal.PathDescriptionCodec;
import io.bradawl.protocol.signal.SignalSamples;
import io.bradawl.protocol.wire.WireFormatException;
import java.util.Random;

/** What stands in offers and answers, with the claim to a name. */
class DescriptionFuzzTest {

  private static final PeerId SENDER = new PeerId(Octets.of(new byte[32]));
  private static final Realm REALM = Realm.of(Secret.takeOver(new byte[32]));

  @FuzzTest
  void fuzz(FuzzedDataProvider data) throws Exception {
    Octets wire =
        data.consumeBoolean()
            ? Octets.of(data.consumeRemainingAsBytes())
            : Mutation.of(
                PathDescriptionCodec.encode(
                    SignalSamples.description(SENDER, new Random(data.consumeInt()))),
                data);
    Bound.OF_CODEC.hold(wire.length(), () -> read(wire));
  }

  private static void read(Octets wire) {
    try {
      PathDescription description = PathDescriptionCodec.decode(wire, SENDER);
      assertThat(PathDescriptionCodec.encode(description)).isEqualTo(wire);
      NameClaim claim = description.claim();
      assertThat(claim != null && REALM.verifies(claim)).as("a made up claim").isFalse();
    } catch (WireFormatException expected) {
      assertThat(expected.offset()).isBetween(0, wire.length());
    }
  }
}
