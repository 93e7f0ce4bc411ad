package io.bradawl.runtime.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.seal.Relaying;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams that were full in both directions at once go on, over a relay that cannot bear that. */
class ForgetfulRelayTest {

  private static final int MUCH = 30_000_000;
  private static final SpliceLoops loops = new SpliceLoops();

  @AfterAll
  static void endLoops() {
    loops.close();
  }

  @ParameterizedTest
  @CsvSource({"FOREIGN, FOREIGN", "FOREIGN, RELAYED", "RELAYED, FOREIGN"})
  void itIsEnoughThatOneSideKnowsOfIt(Relaying left, Relaying right) throws Exception {
    try (ForgetfulRelay relay = ForgetfulRelay.between(loops, left, right)) {
      End one = relay.ends().left();
      End other = relay.ends().right();
      long fromOne = one.writeUntilStalled();
      long fromOther = other.writeUntilStalled();
      one.read((int) fromOther);
      other.read((int) fromOne);

      CompletableFuture<String> atOne = CompletableFuture.supplyAsync(one::readAll, own("one"));
      CompletableFuture<String> atOther =
          CompletableFuture.supplyAsync(other::readAll, own("other"));
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(() -> writeMuch(one), own("writer"));
      writeMuch(other);
      writing.join();
      assertThat(atOne.join()).startsWith(MUCH + " octets").endsWith("end");
      assertThat(atOther.join()).startsWith(MUCH + " octets").endsWith("end");
    }
  }

  /** Else the relay of these tests would prove nothing. */
  @Test
  void ifNeitherKnowsTheyStall() throws Exception {
    try (ForgetfulRelay relay = ForgetfulRelay.between(loops, Relaying.RELAYED, Relaying.RELAYED)) {
      End one = relay.ends().left();
      End other = relay.ends().right();
      long fromOne = one.writeUntilStalled();
      long fromOther = other.writeUntilStalled();
      one.socket().setSoTimeout(1_000);
      other.socket().setSoTimeout(1_000);

      String atOne = one.readAll();
      String atOther = other.readAll();
      String atOneLater = one.readAll();

      assertThat(atOne).endsWith("silence").doesNotStartWith(fromOther + " ");
      assertThat(atOther).isEqualTo(fromOne + " octets, then silence");
      assertThat(atOneLater).isEqualTo("0 octets, then silence");
    }
  }

  private static Executor own(String name) {
    return task -> new Thread(task, name).start();
  }

  private static void writeMuch(End end) {
    try {
      end.write(MUCH);
      end.endOutput();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
