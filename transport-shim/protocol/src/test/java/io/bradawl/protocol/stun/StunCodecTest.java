package io.bradawl.protocol.stun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.fuzz.Bound;
import io.bradawl.protocol.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StunCodecTest {

  private static final IntegrityKey KEY = IntegrityKey.ofPassword("a shared secret");
  private static final TransactionId TRANSACTION = new TransactionId(1, 2);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatIsEncodedIsDecoded(long seed) throws WireFormatException {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      StunMessage message = StunSamples.message(random);
      ByteBuffer wire = StunEncoder.encode(message);

      assertThat(StunHeader.looksLikeStun(wire)).isTrue();
      assertThat(StunHeader.messageLength(wire)).isEqualTo(wire.remaining());
      assertThat(StunEncoder.encodedLength(message)).isEqualTo(wire.remaining());
      assertThat(StunDecoder.decode(wire)).isEqualTo(message);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7, 8})
  void aProvenMessageIsProvenByItsKeyOnly(long seed) throws WireFormatException {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      StunMessage message = StunSamples.message(random);
      StunMessage received = StunDecoder.decode(StunEncoder.encodeProven(message, KEY));

      assertThat(received.provenBy(KEY)).isTrue();
      assertThat(received.provenBy(IntegrityKey.ofPassword("another"))).isFalse();
      assertThat(received.has(Fingerprint.class)).isTrue();
      assertThat(StunDecoder.decode(StunEncoder.encode(received))).isEqualTo(message);
    }
  }

  @Test
  void positionAndByteOrderOfTheBufferDoNotMatter() throws WireFormatException {
    StunMessage message =
        StunMessage.request(StunMethod.BINDING, TRANSACTION, new Priority(0x01020304));
    ByteBuffer wire = StunEncoder.encode(message);
    ByteBuffer framed =
        ByteBuffer.allocateDirect(wire.remaining() + 12).order(ByteOrder.LITTLE_ENDIAN);
    framed.position(5).put(wire).flip().position(5);

    assertThat(StunHeader.looksLikeStun(framed)).isTrue();
    assertThat(StunDecoder.decode(framed)).isEqualTo(message);
    assertThat(framed.position()).isEqualTo(5);
  }

  @Test
  void everyTruncationIsRefusedWithItsPlace() {
    byte[] wire = StunEncoder.encodeProven(StunSamples.message(new Random(9)), KEY).array();
    for (int length = 0; length < wire.length; length++) {
      ByteBuffer half = ByteBuffer.wrap(wire, 0, length);
      assertThat(StunHeader.looksLikeStun(half)).isFalse();
      assertThatThrownBy(() -> StunDecoder.decode(half)).isInstanceOf(WireFormatException.class);
    }
  }

  @Test
  void everyTruncationWithAnHonestLengthIsRefusedOrDecoded() {
    byte[] wire = StunEncoder.encode(StunSamples.message(new Random(10))).array();
    for (int length = StunHeader.LENGTH; length < wire.length; length++) {
      ByteBuffer half = ByteBuffer.wrap(wire.clone(), 0, length).slice();
      half.putShort(2, (short) (length - StunHeader.LENGTH));
      decodeOrRefuse(half);
    }
  }

  @Test
  void noFlippedBitChangesAProvenMessage() throws WireFormatException {
    byte[] wire = StunEncoder.encodeProven(StunSamples.message(new Random(11)), KEY).array();
    List<StunAttribute> genuine = withoutFingerprint(StunDecoder.decode(ByteBuffer.wrap(wire)));
    for (int bit = 0; bit < wire.length * 8; bit++) {
      byte[] flipped = wire.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      StunMessage received = decodeOrRefuse(ByteBuffer.wrap(flipped));
      if (received != null && received.provenBy(KEY)) {
        assertThat(withoutFingerprint(received)).as("bit %d", bit).isEqualTo(genuine);
      }
    }
  }

  /** Bits of its type can be flipped: then there is no FINGERPRINT. */
  @Test
  void aWrongFingerprintIsRefused() {
    byte[] wire = StunEncoder.encode(StunSamples.message(new Random(11)), null, true).array();
    for (int bit = 0; bit < wire.length * 8; bit++) {
      byte[] flipped = wire.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      StunMessage received = decodeOrRefuse(ByteBuffer.wrap(flipped));
      assertThat(received != null && received.has(Fingerprint.class)).as("bit %d", bit).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {12, 13, 14})
  void mutilatedMessagesThrowNothingUnchecked(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 3000; i++) {
      byte[] wire = StunEncoder.encode(StunSamples.message(random)).array();
      for (int hits = random.nextInt(6); hits >= 0 && wire.length > 0; hits--) {
        int at = random.nextInt(wire.length);
        // Cookie and length stay, so that the damage is found behind the header.
        wire[at] = at >= 2 && at < 8 ? wire[at] : (byte) random.nextInt();
      }
      decodeOrRefuse(ByteBuffer.wrap(wire));
    }
  }

  @Test
  void garbageIsNotStun() {
    Random random = new Random(15);
    for (int i = 0; i < 3000; i++) {
      ByteBuffer garbage = StunSamples.octets(random, 200).asByteBuffer();
      assertThat(StunHeader.looksLikeStun(garbage)).isFalse();
      assertThat(decodeOrRefuse(garbage)).isNull();
    }
  }

  @Test
  void saysWhereDecodingFailed() {
    StunMessage message =
        StunMessage.request(
            StunMethod.BINDING,
            TRANSACTION,
            new Priority(1),
            new RawAttribute(0x0025, Octets.of((byte) 1)));

    assertThatThrownBy(() -> StunDecoder.decode(StunEncoder.encode(message)))
        .isInstanceOfSatisfying(
            WireFormatException.class,
            e -> {
              assertThat(e.field()).isEqualTo("USE-CANDIDATE");
              assertThat(e.offset()).isEqualTo(32);
            })
        .hasMessage("USE-CANDIDATE at offset 32: has 1 octets, must have 0");
  }

  @Test
  void refusesMoreAttributesThanMakeSense() {
    List<StunAttribute> many = new ArrayList<>();
    for (int i = 0; i <= StunDecoder.MAX_ATTRIBUTES; i++) {
      many.add(new UseCandidate());
    }
    StunMessage message = new StunMessage(StunClass.REQUEST, StunMethod.BINDING, TRANSACTION, many);

    assertThatThrownBy(() -> StunDecoder.decode(StunEncoder.encode(message)))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("allowed are 64");
  }

  @Test
  void attributesOfUnknownTypesTakeNoMoreMemoryThanOthers() throws Exception {
    StunAttribute[] unknown = new StunAttribute[StunDecoder.MAX_ATTRIBUTES];
    Arrays.setAll(unknown, i -> new RawAttribute(0xF000 + i, Octets.of()));
    ByteBuffer wire =
        StunEncoder.encode(
            StunMessage.indication(StunMethod.BINDING, new TransactionId(1, 2), unknown));

    new Bound(8192, 128).hold(wire.remaining(), () -> StunDecoder.decode(wire));
  }

  @Test
  void whatStandsBehindTheIntegrityIsLeftOut() throws WireFormatException {
    StunMessage message = StunMessage.request(StunMethod.BINDING, TRANSACTION, new Priority(7));
    ByteBuffer proven = StunEncoder.encode(message, KEY, false);
    ByteBuffer extended = ByteBuffer.allocate(proven.remaining() + 4).put(proven);
    extended.putInt(AttributeType.USE_CANDIDATE << 16).flip();
    extended.putShort(2, (short) (extended.remaining() - StunHeader.LENGTH));

    StunMessage received = StunDecoder.decode(extended);

    assertThat(received.provenBy(KEY)).isTrue();
    assertThat(received.has(UseCandidate.class)).isFalse();
  }

  @Test
  void listsEachAttributeThatIsNotUnderstoodOnce() {
    StunMessage message =
        StunMessage.request(
            StunMethod.BINDING,
            TRANSACTION,
            new RawAttribute(0x0003, Octets.of()),
            new RawAttribute(0x0003, Octets.of()),
            new RawAttribute(0x8003, Octets.of()),
            new Username("known"),
            new Priority(1));

    assertThat(message.notUnderstood(Set.of(AttributeType.PRIORITY))).containsExactly(0x0003);
    assertThat(message.notUnderstood(Set.of())).containsExactly(0x0003, AttributeType.PRIORITY);
  }

  @Test
  void typeBitsAreLaidOutAsInTheRfc() {
    assertThat(StunHeader.type(StunClass.REQUEST, StunMethod.BINDING)).isEqualTo(0x0001);
    assertThat(StunHeader.type(StunClass.INDICATION, StunMethod.BINDING)).isEqualTo(0x0011);
    assertThat(StunHeader.type(StunClass.SUCCESS, StunMethod.BINDING)).isEqualTo(0x0101);
    assertThat(StunHeader.type(StunClass.ERROR, StunMethod.BINDING)).isEqualTo(0x0111);
    assertThat(StunHeader.type(StunClass.ERROR, StunMethod.MAX)).isEqualTo(0x3FFF);
  }

  @Test
  void messagesThatCannotBeSentAreRefusedBeforehand() {
    RawAttribute large = new RawAttribute(0x7F00, Octets.of(new byte[60_000]));
    StunMessage message = StunMessage.indication(StunMethod.BINDING, TRANSACTION, large, large);

    assertThatThrownBy(() -> StunEncoder.encode(message))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("120028");
  }

  @Test
  void keysDoNotShowThemselves() {
    assertThat(KEY).hasToString("IntegrityKey[15 octets]");
  }

  /** The integrity code covers everything before it; FINGERPRINT stands behind it. */
  private static List<StunAttribute> withoutFingerprint(StunMessage message) {
    return message.attributes().stream().filter(a -> !(a instanceof Fingerprint)).toList();
  }

  private static StunMessage decodeOrRefuse(ByteBuffer wire) {
    try {
      return StunDecoder.decode(wire);
    } catch (WireFormatException e) {
      assertThat(e.offset()).isBetween(0, Math.max(wire.remaining(), StunHeader.LENGTH));
      return null;
    }
  }
}
