package io.bradawl.protocol.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayWindowTest {

  private final ReplayWindow window = new ReplayWindow();

  @Test
  void isAsWideAsPromised() {
    assertThat(ReplayWindow.WIDTH).isGreaterThanOrEqualTo(2048);
  }

  @Test
  void eachNumberOnce() {
    for (long number : new long[] {0, 5, 3, 64, 63, 65, 4031, 4032, 100_000, 99_999}) {
      assertThat(window.admits(number)).isTrue();
      window.enter(number);
      assertThat(window.admits(number)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4031, 4032, 4095, 4096, 5000, 1L << 40, (1L << 48) - 1})
  void theEdgeIsExact(long highest) {
    window.enter(highest);
    assertThat(window.admits(highest - ReplayWindow.WIDTH + 1)).isTrue();
    assertThat(window.admits(highest - ReplayWindow.WIDTH)).isFalse();
    assertThat(window.admits(highest + 1)).isTrue();
  }

  @Test
  void askingChangesNothing() {
    window.enter(10);
    assertThat(window.admits(1L << 47)).isTrue();
    assertThat(window.admits(9)).isTrue();
    assertThat(window.admits(1L << 47)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithAPlainSetForAnyOrder(int seed) {
    Random random = new Random(seed);
    Set<Long> seen = new HashSet<>();
    long highest = -1;
    for (int i = 0; i < 50_000; i++) {
      int leap = random.nextInt(100) == 0 ? 10_000 : 100;
      long number =
          Math.max(0, highest + random.nextInt(leap) - (random.nextBoolean() ? leap / 2 : 5_000));
      boolean fresh =
          !seen.contains(number) && (number > highest || highest - number < ReplayWindow.WIDTH);
      assertThat(window.admits(number)).as("%d after %d", number, highest).isEqualTo(fresh);
      if (fresh) {
        window.enter(number);
        seen.add(number);
        highest = Math.max(highest, number);
      }
    }
  }
}
