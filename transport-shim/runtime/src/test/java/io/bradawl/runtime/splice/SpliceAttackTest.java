package io.bradawl.runtime.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.seal.StreamSealer;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever sits on the way can end the connection, and nothing else. */
class SpliceAttackTest {

  private static final int DATA = 100;
  private static final int RECORD = DATA + StreamSealer.OVERHEAD;
  private static final SpliceLoops loops = new SpliceLoops();

  private Tamperer tamperer;
  private End left;
  private End right;

  @BeforeEach
  void connect() throws IOException {
    tamperer = Tamperer.between(loops);
    left = tamperer.ends().left();
    right = tamperer.ends().right();
  }

  @AfterEach
  void disconnect() throws IOException {
    tamperer.close();
  }

  @AfterAll
  static void endLoops() {
    loops.close();
  }

  @Test
  void whatIsPassedOnUnchangedArrives() throws IOException {
    left.write(DATA);
    left.endOutput();
    tamperer.pass(tamperer.take(RECORD + StreamSealer.OVERHEAD));
    assertThat(right.readAll()).startsWith("100 octets").endsWith("end");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 50, RECORD - 17, RECORD - 1})
  void aFlippedBitIsAReset(int at) throws Exception {
    left.write(DATA);
    byte[] record = tamperer.take(RECORD);
    record[at] ^= 1;
    tamperer.pass(Arrays.copyOf(record, 20_000));
    assertThat(right.readAll()).startsWith("0 octets").endsWith("Connection reset");
    tamperer.ends().awaitOutcome(SpliceEnd.ALTERED);
  }

  @Test
  void whatCameBeforeTheFlippedBitIsDelivered() throws IOException {
    left.write(DATA);
    byte[] first = tamperer.take(RECORD);
    left.write(DATA);
    byte[] second = tamperer.take(RECORD);
    second[9] ^= 0x40;
    tamperer.pass(first);
    tamperer.pass(second);
    assertThat(right.readAll()).startsWith("100 octets").endsWith("Connection reset");
  }

  @Test
  void aTruncatedStreamIsAResetAndNoEnd() throws Exception {
    left.write(DATA);
    tamperer.pass(tamperer.take(RECORD));
    tamperer.endRight();
    assertThat(right.readAll()).startsWith("100 octets").endsWith("Connection reset");
    tamperer.ends().awaitOutcome(SpliceEnd.CUT);
  }

  @Test
  void aStreamTruncatedWithinARecordIsAResetAndNoEnd() throws IOException {
    left.write(DATA);
    byte[] record = tamperer.take(RECORD);
    tamperer.pass(Arrays.copyOf(record, RECORD - 1));
    tamperer.endRight();
    assertThat(right.readAll()).startsWith("0 octets").endsWith("Connection reset");
  }

  @Test
  void aForgedResetIsAReset() throws Exception {
    left.write(DATA);
    tamperer.pass(tamperer.take(RECORD));
    tamperer.resetRight();
    assertThat(right.readAll()).startsWith("100 octets").endsWith("Connection reset");
    tamperer.ends().awaitOutcome(SpliceEnd.RESET_BY_PEER);
  }

  @Test
  void aRepeatedRecordIsAReset() throws IOException {
    left.write(DATA);
    byte[] record = tamperer.take(RECORD);
    tamperer.pass(record);
    tamperer.pass(record);
    assertThat(right.readAll()).startsWith("100 octets").endsWith("Connection reset");
  }

  @Test
  void aDroppedRecordIsAReset() throws IOException {
    left.write(DATA);
    byte[] dropped = tamperer.take(RECORD);
    left.write(DATA);
    tamperer.pass(tamperer.take(RECORD));
    assertThat(dropped).isNotEmpty();
    assertThat(right.readAll()).startsWith("0 octets").endsWith("Connection reset");
  }

  @Test
  void aRecordSentBackIsAReset() throws IOException {
    right.write(DATA);
    left.write(DATA);
    byte[] sent = tamperer.take(RECORD);
    tamperer.passBack(sent);
    assertThat(left.readAll()).startsWith("0 octets").endsWith("Connection reset");
  }

  @Test
  void octetsAfterTheEndAreAReset() throws IOException {
    left.write(DATA);
    left.endOutput();
    byte[] all = tamperer.take(RECORD + StreamSealer.OVERHEAD);
    tamperer.pass(Arrays.copyOf(all, all.length + 1));
    assertThat(right.readAll()).startsWith("100 octets").endsWith("Connection reset");
  }
}
