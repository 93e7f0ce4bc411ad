package io.bradawl.runtime.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.seal.Relaying;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RandomTalkTest {

  private static final int SEEDS = 150;
  private static final SpliceLoops loops = new SpliceLoops();

  @AfterAll
  static void endLoops() {
    loops.close();
  }

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aSpliceTellsTheSameStoryAsAPlainConnection(long seed) throws Exception {
    List<String> plain;
    try (Ends ends = Ends.plain()) {
      plain = new RandomTalk(seed, ends).play();
    }
    try (Ends ends = Ends.spliced(loops)) {
      assertThat(new RandomTalk(seed, ends).play()).isEqualTo(plain);
    }
    try (Ends ends = Ends.relayed(loops, Relaying.FOREIGN, Relaying.RELAYED)) {
      assertThat(new RandomTalk(seed, ends).play()).isEqualTo(plain);
    }
  }
}
