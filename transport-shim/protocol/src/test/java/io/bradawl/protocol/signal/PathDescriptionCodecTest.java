package io.bradawl.protocol.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.wire.WireFormatException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathDescriptionCodecTest {

  private static final PeerId SENDER = SignalSamples.id(new Random(6));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsEncodedIsDecoded(long seed) throws WireFormatException {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      PathDescription description = SignalSamples.description(SENDER, random);
      Octets wire = PathDescriptionCodec.encode(description);

      assertThat(wire.length())
          .isLessThanOrEqualTo(PathDescriptionCodec.MAX_OCTETS)
          .isLessThan(SignalCodec.MAX_DESCRIPTION);
      assertThat(PathDescriptionCodec.decode(wire, SENDER)).isEqualTo(description);
    }
  }

  @Test
  void everyTruncationAndEveryExtraOctetIsRefused() {
    byte[] wire =
        PathDescriptionCodec.encode(SignalSamples.description(SENDER, new Random(4))).toByteArray();
    for (int length = 0; length <= wire.length + 1; length++) {
      if (length != wire.length) {
        Octets other = Octets.of(Arrays.copyOf(wire, length));
        assertThatThrownBy(() -> PathDescriptionCodec.decode(other, SENDER))
            .isInstanceOf(WireFormatException.class);
      }
    }
  }

  @Test
  void garbageThrowsNothingUnchecked() {
    Random random = new Random(5);
    for (int i = 0; i < 5000; i++) {
      byte[] wire =
          PathDescriptionCodec.encode(SignalSamples.description(SENDER, random)).toByteArray();
      wire[random.nextInt(wire.length)] = (byte) random.nextInt();
      try {
        PathDescriptionCodec.decode(Octets.of(wire), SENDER);
      } catch (WireFormatException e) {
        assertThat(e.offset()).isBetween(0, wire.length);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "02, 2380, 00001388, 01, 01, 000050c0000201, 'version at offset 0: 2, understood is 1'",
    "01, 0000, 00001388, 01, 01, 000050c0000201, 'port at offset 1: 0 is no port'",
    "01, 2380, 00001388, 02, 01, 000050c0000201, 'security at offset 7: 2 is unknown'",
    "01, 2380, 00001388, 01, 00, '', 'candidate count at offset 8: 0 is outside 1..32'",
    "01, 2380, 00001388, 01, 21, '', 'candidate count at offset 8: 33 is outside 1..32'",
    "01, 2380, 00001388, 01, 01, 400050c0000201, 'candidate kind and family at offset 9: 0x40 is unknown'",
    "01, 2380, 00001388, 01, 01, 000000c0000201, 'candidate port at offset 10: 0 is no port'",
    "01, 2380, 00001388, 01, 01, 00005000000000, 'candidate address at offset 12: 0.0.0.0 is no address of one host'",
    "01, 2380, 00001388, 01, 01, 000050e0000001, 'candidate address at offset 12: 224.0.0.1 is no address of one host'",
    "01, 2380, 00001388, 01, 01, 000050ffffffff, 'candidate address at offset 12: 255.255.255.255 is no address of one host'",
    "01, 2380, 00001388, 01, 01, 000050c000020105ab, 'name claim at offset 17: needs 5 octets, 1 are left'",
    "01, 2380, 00001388, 01, 01, 000050c000020101ab, 'name claim at offset 17: needs 32 octets, 1 are left'",
    "01, 2380, 00001388, 01, 01, 01005000000000000000000000ffffc0000201, 'candidate address at offset 12: IPv4 in the form of IPv6'",
  })
  void saysWhereItFailed(
      String version,
      String port,
      String rtt,
      String security,
      String count,
      String candidate,
      String message) {
    Octets wire =
        Octets.of(HexFormat.of().parseHex(version + port + rtt + security + count + candidate));

    assertThatThrownBy(() -> PathDescriptionCodec.decode(wire, SENDER))
        .isInstanceOf(WireFormatException.class)
        .hasMessage(message);
  }
}
