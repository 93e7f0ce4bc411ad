package io.bradawl.protocol.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.crypto.AesGcm;
import io.bradawl.protocol.crypto.Secret;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatagramSealTest {

  private static final byte[] PAYLOAD = "thirty-one octets of payload...".getBytes(US_ASCII);
  private static final int EPOCH_BITS = 6;
  private static final int EPOCH = 1 << EPOCH_BITS;

  private final DatagramSealer sealer = new DatagramSealer(key(1));
  private final DatagramOpener opener = new DatagramOpener(key(1));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 64, 511, 512, 513, 1200, 2048, 2049, 9000, 65_512})
  void whatIsSealedOpensInPlace(int length) {
    byte[] payload = new byte[length];
    new Random(length).nextBytes(payload);
    byte[] buffer = new byte[3 + length + DatagramSealer.OVERHEAD];
    System.arraycopy(payload, 0, buffer, 3 + DatagramSealer.HEADER_LENGTH, length);
    int sealed = sealer.seal(buffer, 3, length);
    assertThat(sealed).isEqualTo(length + 23);
    assertThat(opener.open(buffer, 3, sealed)).isEqualTo(length);
    int start = 3 + DatagramSealer.HEADER_LENGTH;
    assertThat(Arrays.copyOfRange(buffer, start, start + length)).isEqualTo(payload);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void buffersOfAnyKindDoAndMayBeTheSameMemory(boolean direct) {
    ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(100) : ByteBuffer.allocate(100);
    sealer.seal(buffer.duplicate().put(PAYLOAD).flip(), buffer);
    assertThat(buffer.position()).isEqualTo(PAYLOAD.length + DatagramSealer.OVERHEAD);
    ByteBuffer opened = buffer.duplicate().clear();
    assertThat(opener.open(buffer.flip(), opened)).isEqualTo(PAYLOAD.length);
    byte[] payload = new byte[PAYLOAD.length];
    opened.flip().get(payload);
    assertThat(payload).isEqualTo(PAYLOAD);
  }

  @Test
  void addsNoMoreThan24OctetsAndIsNoStunDtlsTurnOrRtp() {
    assertThat(DatagramSealer.OVERHEAD).isLessThanOrEqualTo(24);
    assertThat(seal()[0]).isBetween((byte) 4, (byte) 15);
    assertThat(DatagramOpener.hasShape((byte) 0, 100)).isFalse();
    assertThat(DatagramOpener.hasShape((byte) 8, 22)).isFalse();
    assertThat(DatagramOpener.hasShape((byte) 8, 23)).isTrue();
  }

  @Test
  void everyFlippedBitIsRejectedAndLeavesTheOctetsAsTheyCame() {
    byte[] sealed = seal();
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      byte[] before = flipped.clone();
      assertThat(opener.open(flipped, 0, flipped.length))
          .as("bit %d", bit)
          .isEqualTo(DatagramOpener.REJECTED);
      assertThat(flipped).isEqualTo(before);
    }
    assertThat(opener.open(sealed, 0, sealed.length))
        .as("forgeries use nothing up")
        .isEqualTo(PAYLOAD.length);
  }

  @Test
  void everyTruncationAndExtensionIsRejected() {
    byte[] sealed = Arrays.copyOf(seal(), 100);
    int length = PAYLOAD.length + DatagramSealer.OVERHEAD;
    for (int cut = 0; cut <= sealed.length; cut++) {
      if (cut != length) {
        assertThat(opener.open(sealed, 0, cut)).isEqualTo(DatagramOpener.REJECTED);
        ByteBuffer datagram = ByteBuffer.wrap(sealed, 0, cut);
        assertThat(opener.open(datagram, ByteBuffer.allocate(100)))
            .isEqualTo(DatagramOpener.REJECTED);
        assertThat(datagram.position()).isZero();
      }
    }
  }

  @Test
  void rubbishIsRejectedAndThrowsNothing() {
    Random random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      byte[] rubbish = new byte[random.nextInt(120)];
      random.nextBytes(rubbish);
      if (rubbish.length > 6 && random.nextBoolean()) {
        Arrays.fill(rubbish, 0, 6, (byte) 0);
        rubbish[0] = 8;
      }
      assertThat(opener.open(rubbish, 0, rubbish.length)).isEqualTo(DatagramOpener.REJECTED);
    }
    assertThat(opens(seal())).isTrue();
  }

  @Test
  void aReplayedDatagramIsRejectedAndANewOneIsNot() {
    byte[] first = seal();
    byte[] second = seal();
    assertThat(opens(second)).isTrue();
    assertThat(opens(second)).isFalse();
    assertThat(opens(first)).isTrue();
    assertThat(opens(first)).isFalse();
    assertThat(opens(seal())).isTrue();
  }

  @Test
  void aDatagramSentBackOrOfAnotherSessionIsRejected() {
    assertThat(opens(new DatagramOpener(key(2)), seal())).isFalse();
  }

  @Test
  void lossDuplicationAndReorderingAcrossEpochsAreHarmless() {
    DatagramSealer small = new DatagramSealer(key(1), AesGcm::new, EPOCH_BITS);
    DatagramOpener other = new DatagramOpener(key(1), AesGcm::new, EPOCH_BITS);
    Random random = new Random(9);
    for (int round = 0; round < 60; round++) {
      List<byte[]> flight = new ArrayList<>();
      for (int i = 0; i < EPOCH / 2; i++) {
        flight.add(seal(small));
      }
      Collections.shuffle(flight, random);
      for (byte[] datagram : flight) {
        if (random.nextInt(4) > 0) {
          assertThat(opens(other, datagram)).isTrue();
          assertThat(opens(other, datagram)).isFalse();
        }
      }
    }
  }

  @Test
  void anEpochEndsExactlyWhereItShouldOnBothSides() {
    DatagramSealer small = new DatagramSealer(key(1), AesGcm::new, EPOCH_BITS);
    DatagramOpener other = new DatagramOpener(key(1), AesGcm::new, EPOCH_BITS);
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < 3 * EPOCH; i++) {
      all.add(seal(small));
    }
    assertThat(opens(other, all.get(EPOCH - 1))).isTrue();
    assertThat(opens(other, all.get(EPOCH))).isTrue();
    assertThat(opens(other, all.get(EPOCH - 2))).as("straggler of the epoch before").isTrue();
    assertThat(opens(other, all.get(2 * EPOCH))).isTrue();
    assertThat(opens(other, all.get(EPOCH + 1))).isTrue();
    assertThat(opens(other, all.get(0))).as("two epochs ago").isFalse();
  }

  @Test
  void theOpenerFollowsOverALossOfAlmostAnEpochAndNoForgeryMovesIt() {
    DatagramSealer small = new DatagramSealer(key(1), AesGcm::new, EPOCH_BITS);
    DatagramOpener other = new DatagramOpener(key(1), AesGcm::new, EPOCH_BITS);
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < 2 * EPOCH + 1; i++) {
      all.add(seal(small));
    }
    byte[] forged = all.get(EPOCH + 3).clone();
    forged[20] ^= 1;
    assertThat(opens(other, forged)).isFalse();
    assertThat(opens(other, all.get(2 * EPOCH))).as("an epoch too far").isFalse();
    assertThat(opens(other, all.get(0))).isTrue();
    assertThat(opens(other, all.get(2 * EPOCH - 1))).isTrue();
    assertThat(opens(other, all.get(2 * EPOCH))).isTrue();
  }

  @Test
  void aNewEpochHasANewKey() {
    DatagramSealer one = new DatagramSealer(key(1), AesGcm::new, 0);
    DatagramOpener withoutRekey = new DatagramOpener(key(1));
    assertThat(opens(withoutRekey, seal(one))).isTrue();
    assertThat(opens(withoutRekey, seal(one))).isFalse();
  }

  @Test
  void theKeyIsTakenOverSoThatNoSecondSealCanUseIt() {
    Secret key = key(3);
    try (DatagramSealer first = new DatagramSealer(key)) {
      assertThat(key.isDestroyed()).isTrue();
      assertThatThrownBy(() -> new DatagramSealer(key)).isInstanceOf(IllegalStateException.class);
      assertThat(seal(first)).hasSize(PAYLOAD.length + DatagramSealer.OVERHEAD);
    }
  }

  private byte[] seal() {
    return seal(sealer);
  }

  private static byte[] seal(DatagramSealer sealer) {
    byte[] buffer = new byte[PAYLOAD.length + DatagramSealer.OVERHEAD];
    System.arraycopy(PAYLOAD, 0, buffer, DatagramSealer.HEADER_LENGTH, PAYLOAD.length);
    sealer.seal(buffer, 0, PAYLOAD.length);
    return buffer;
  }

  private boolean opens(byte[] datagram) {
    return opens(opener, datagram);
  }

  private static boolean opens(DatagramOpener opener, byte[] datagram) {
    return opener.open(datagram.clone(), 0, datagram.length) == PAYLOAD.length;
  }

  private static Secret key(int seed) {
    byte[] key = new byte[32];
    new Random(seed).nextBytes(key);
    return Secret.takeOver(key);
  }
}
