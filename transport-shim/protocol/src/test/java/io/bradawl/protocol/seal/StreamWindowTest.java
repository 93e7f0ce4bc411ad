package io.bradawl.protocol.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StreamWindowTest {

  private static final int STEP = StreamWindow.SIZE / 4;

  @Test
  void aDirectStreamKnowsNoBound() {
    StreamWindow window = new StreamWindow(Relaying.DIRECT);
    assertThat(window.hasNews()).isFalse();
    assertThat(window.takeNews()).isEqualTo(StreamWindow.NOTHING);
    window.sent(1 << 30);
    window.passedOn(1 << 30);
    assertThat(window.isBounded()).isFalse();
    assertThat(window.sendable()).isEqualTo(Integer.MAX_VALUE);
    assertThat(window.hasNews()).isFalse();
  }

  @Test
  void aRelayedStreamIsBoundedUntilTheOtherSideHasSpoken() {
    StreamWindow window = new StreamWindow(Relaying.RELAYED);
    assertThat(window.takeNews()).isEqualTo(StreamWindow.UNBOUNDED);
    window.sent(StreamWindow.SIZE - STEP + 1);
    assertThat(window.sendable()).as("rather nothing than little").isZero();
    window.heard(StreamWindow.UNBOUNDED);
    assertThat(window.sendable()).isEqualTo(Integer.MAX_VALUE);
    assertThat(window.hasNews()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"FOREIGN, RELAYED", "RELAYED, FOREIGN", "FOREIGN, FOREIGN", "DIRECT, FOREIGN"})
  void oneSideThatWantsItIsEnough(Relaying left, Relaying right) {
    StreamWindow one = new StreamWindow(left);
    StreamWindow other = new StreamWindow(right);
    other.heard(one.hasNews() ? one.takeNews() : StreamWindow.UNBOUNDED);
    one.heard(other.takeNews());
    assertThat(one.isBounded()).isTrue();

    one.sent(StreamWindow.SIZE);
    assertThat(one.sendable()).isZero();
    while (other.hasNews()) {
      one.heard(other.takeNews());
    }
    assertThat(one.sendable()).as("nothing has been passed on").isZero();
    other.passedOn(STEP - 1);
    assertThat(other.hasNews()).isFalse();
    other.passedOn(1);
    one.heard(other.takeNews());
    assertThat(one.sendable()).isEqualTo(STEP);
  }

  @Test
  void whoTakesItForADirectStreamSpeaksWhenSpokenTo() {
    StreamWindow window = new StreamWindow(Relaying.DIRECT);
    window.heard(StreamWindow.BOUNDED);
    assertThat(window.takeNews()).isEqualTo(StreamWindow.UNBOUNDED);
    assertThat(window.isBounded()).isTrue();
  }

  @Test
  void onceTheOtherSideHasEndedThereIsNoBound() {
    StreamWindow window = new StreamWindow(Relaying.FOREIGN);
    window.sent(StreamWindow.SIZE);
    assertThat(window.sendable()).isZero();
    window.otherHasEnded();
    assertThat(window.sendable()).isEqualTo(Integer.MAX_VALUE);
  }

  /** A side that took the stream for a direct one may have sent more than the window has. */
  @Test
  void allThatWasPassedOnIsToldAtOnce() {
    StreamWindow window = new StreamWindow(Relaying.FOREIGN);
    assertThat(window.takeNews()).isEqualTo(StreamWindow.BOUNDED);
    window.passedOn(100 * StreamWindow.SIZE);
    assertThat(window.takeNews()).isEqualTo(100 * StreamWindow.SIZE);
    assertThat(window.hasNews()).isFalse();
  }

  @Test
  void nobodyCanAllowMoreThanThereIs() {
    StreamWindow window = new StreamWindow(Relaying.FOREIGN);
    window.heard(StreamWindow.BOUNDED);
    for (int i = 0; i < 5; i++) {
      window.heard(Integer.MAX_VALUE);
    }
    assertThat(window.sendable()).isEqualTo(StreamWindow.SIZE);
  }

  static LongStream seeds() {
    return LongStream.range(0, 500);
  }

  /** Two sides that send as they may, at random speeds, with something on the way. */
  @ParameterizedTest
  @MethodSource("seeds")
  void neverIsTooMuchOnTheWayAndNeverDoBothWait(long seed) {
    Random random = new Random(seed);
    Side left = new Side(random.nextBoolean() ? Relaying.FOREIGN : Relaying.RELAYED);
    Side right = new Side(left.knows() ? any(random) : Relaying.FOREIGN);
    while (left.toSend > 0 || right.toSend > 0) {
      long before = left.progress + right.progress;
      for (int i = 0; i < 40; i++) {
        Side acting = random.nextBoolean() ? left : right;
        acting.act(acting == left ? right : left, random);
      }
      left.speakAndListen(right);
      right.speakAndListen(left);
      left.speakAndListen(right);
      assertThat(left.progress + right.progress).as("seed " + seed).isGreaterThan(before);
    }
  }

  private static Relaying any(Random random) {
    return Relaying.values()[random.nextInt(3)];
  }

  private static final class Side {
    private final Relaying own;
    private final StreamWindow window;

    /** What the other side has sent: data by its octets, and what it tells by its complement. */
    private final Deque<Integer> arriving = new ArrayDeque<>();

    private int toSend = 2_000_000;
    private long progress;

    Side(Relaying own) {
      this.own = own;
      this.window = new StreamWindow(own);
    }

    boolean knows() {
      return own == Relaying.FOREIGN;
    }

    void act(Side other, Random random) {
      if (random.nextInt(3) == 0) {
        listen();
      } else {
        tell(other);
        int octets = Math.min(1 + random.nextInt(20_000), Math.min(toSend, window.sendable()));
        if (octets > 0) {
          window.sent(octets);
          toSend -= octets;
          progress += octets;
          other.arriving.add(octets);
        }
        int onTheWay = other.arriving.stream().mapToInt(sent -> Math.max(0, sent)).sum();
        if (own != Relaying.DIRECT) {
          assertThat(onTheWay).isLessThanOrEqualTo(StreamWindow.SIZE);
        }
      }
    }

    void speakAndListen(Side other) {
      tell(other);
      while (!arriving.isEmpty()) {
        listen();
      }
      tell(other);
    }

    private void tell(Side other) {
      while (window.hasNews()) {
        other.arriving.add(~window.takeNews());
      }
    }

    private void listen() {
      Integer next = arriving.poll();
      if (next != null && next < 0) {
        window.heard(~next);
        progress++;
      } else if (next != null) {
        window.passedOn(next);
        progress += next;
      }
    }
  }
}
