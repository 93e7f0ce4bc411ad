package io.bradawl.protocol.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.crypto.AesGcm;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.noise.CipherState;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamSealTest {

  private static final int DATA = 40;

  private final StreamSealer sealer = new StreamSealer(key());
  private final StreamOpener opener = new StreamOpener(key());
  private final byte[] into = new byte[StreamSealer.MAX_DATA + 1];

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16, 1000, 16_383, 16_384})
  void whatIsSealedOpensFromArrayToArrayAndInPlace(int length) throws SealException {
    byte[] data = new byte[length];
    new Random(length).nextBytes(data);
    byte[] record = record(data);
    assertThat(record).hasSize(length + StreamSealer.OVERHEAD);
    assertThat(opener.recordLength(record, 0, 1)).isEqualTo(StreamOpener.UNKNOWN);
    assertThat(opener.recordLength(record, 0, 2)).isEqualTo(record.length);
    assertThat(opener.open(record, 0, record.length, into, 0)).isEqualTo(length);
    assertThat(Arrays.copyOf(into, length)).isEqualTo(data);

    byte[] second = record(data);
    assertThat(opener.open(second, 0, second.length, second, StreamSealer.HEADER_LENGTH))
        .isEqualTo(length);
    assertThat(
            Arrays.copyOfRange(
                second, StreamSealer.HEADER_LENGTH, StreamSealer.HEADER_LENGTH + length))
        .isEqualTo(data);
  }

  @Test
  void aRecordHoldsNoMoreAndNoLessThanItSays() {
    byte[] buffer = new byte[20_000];
    assertThatThrownBy(() -> sealer.seal(buffer, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sealer.seal(buffer, 0, StreamSealer.MAX_DATA + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 16384");
  }

  @Test
  void everyFlippedBitBreaksTheStream() {
    byte[] record = record(new byte[DATA]);
    for (int bit = 0; bit < record.length * 8; bit++) {
      byte[] flipped = record.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      StreamOpener fresh = new StreamOpener(key());
      assertThatThrownBy(() -> fresh.open(flipped, 0, flipped.length, into, 0))
          .isInstanceOf(SealException.class);
      assertThatThrownBy(() -> fresh.open(record, 0, record.length, into, 0))
          .as("nothing opens any more")
          .isInstanceOf(SealException.class);
    }
  }

  @Test
  void repeatedSwappedOrDroppedRecordsBreakTheStream() throws SealException {
    byte[] first = record(new byte[DATA]);
    byte[] second = record(new byte[DATA]);
    opener.open(first, 0, first.length, into, 0);
    assertThatThrownBy(() -> opener.open(first, 0, first.length, into, 0))
        .isInstanceOf(SealException.class);
    StreamOpener late = new StreamOpener(key());
    assertThatThrownBy(() -> late.open(second, 0, second.length, into, 0))
        .isInstanceOf(SealException.class);
  }

  @Test
  void theEndIsTheEnd() throws SealException {
    byte[] record = record(new byte[DATA]);
    byte[] end = new byte[StreamSealer.OVERHEAD];
    assertThat(sealer.end(end, 0)).isEqualTo(end.length);
    assertThatThrownBy(() -> sealer.seal(new byte[100], 0, 1))
        .isInstanceOf(IllegalStateException.class);

    opener.open(record, 0, record.length, into, 0);
    assertThat(opener.hasEnded()).as("cut here, it is a reset").isFalse();
    assertThat(opener.open(end, 0, end.length, into, 0)).isEqualTo(StreamOpener.END);
    assertThat(opener.hasEnded()).isTrue();
    assertThatThrownBy(() -> opener.open(end, 0, end.length, into, 0))
        .hasMessageContaining("after the end");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 24_576, Integer.MAX_VALUE})
  void whatIsToldIsHeardBetweenTheData(int told) throws SealException {
    byte[] record = record(new byte[DATA]);
    byte[] telling = new byte[StreamSealer.TOLD_LENGTH];
    assertThat(sealer.tell(telling, 0, told)).isEqualTo(telling.length);
    byte[] second = record(new byte[DATA]);

    assertThat(opener.open(record, 0, record.length, into, 0)).isEqualTo(DATA);
    assertThat(opener.recordLength(telling, 0, 2)).isEqualTo(telling.length);
    assertThat(opener.open(telling, 0, telling.length, into, 7)).isEqualTo(StreamOpener.TOLD);
    assertThat(opener.told()).isEqualTo(told);
    assertThat(opener.open(second, 0, second.length, into, 0)).isEqualTo(DATA);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE})
  void nobodyTellsLessThanNothing(int told) {
    byte[] telling = new byte[StreamSealer.TOLD_LENGTH];
    sealer.tell(telling, 0, told);
    assertThatThrownBy(() -> opener.open(telling, 0, telling.length, into, 0))
        .isInstanceOf(SealException.class)
        .hasMessageContaining("kind 2");
  }

  @Test
  void bothSidesRekeyAtTheSameRecord() throws SealException {
    StreamSealer often = new StreamSealer(key(), AesGcm::new, 2);
    StreamOpener also = new StreamOpener(key(), AesGcm::new, 2);
    StreamOpener never = new StreamOpener(key());
    for (int i = 0; i < 20; i++) {
      byte[] record = record(often, new byte[DATA]);
      assertThat(also.open(record, 0, record.length, into, 0)).isEqualTo(DATA);
      if (i < 4) {
        assertThat(never.open(record, 0, record.length, into, 0)).isEqualTo(DATA);
      } else {
        assertThatThrownBy(() -> never.open(record, 0, record.length, into, 0))
            .isInstanceOf(SealException.class);
      }
    }
  }

  @Test
  void anUnknownKindOfRecordIsRefusedEvenIfAuthentic() {
    byte[] body = new byte[DATA + 1 + CipherState.OVERHEAD];
    body[DATA] = 7;
    new CipherState(key()).encrypt(body, 0, DATA + 1);
    byte[] record = new byte[body.length + 2];
    record[1] = (byte) body.length;
    System.arraycopy(body, 0, record, 2, body.length);
    assertThatThrownBy(() -> opener.open(record, 0, record.length, into, 0))
        .hasMessageContaining("kind 7");
  }

  @Test
  void rubbishNeverThrowsAnythingUnchecked() {
    Random random = new Random(5);
    for (int i = 0; i < 5_000; i++) {
      byte[] rubbish = new byte[2 + random.nextInt(200)];
      random.nextBytes(rubbish);
      if (random.nextBoolean()) {
        rubbish[0] = 0;
        rubbish[1] = (byte) (rubbish.length - 2);
      }
      StreamOpener fresh = new StreamOpener(key());
      assertThatThrownBy(() -> fresh.open(rubbish, 0, rubbish.length, into, 0))
          .isInstanceOf(SealException.class);
    }
  }

  private byte[] record(byte[] data) {
    return record(sealer, data);
  }

  private static byte[] record(StreamSealer sealer, byte[] data) {
    byte[] buffer = new byte[data.length + StreamSealer.OVERHEAD];
    System.arraycopy(data, 0, buffer, StreamSealer.HEADER_LENGTH, data.length);
    sealer.seal(buffer, 0, data.length);
    return buffer;
  }

  private static Secret key() {
    byte[] key = new byte[32];
    new Random(1).nextBytes(key);
    return Secret.takeOver(key);
  }
}
