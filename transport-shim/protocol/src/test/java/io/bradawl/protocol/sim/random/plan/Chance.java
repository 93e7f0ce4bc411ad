package io.bradawl.protocol.sim.random.plan;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** What a drawing is made with. */
final class Chance {

  private final SplittableRandom random;

  Chance(long seed) {
    this(new SplittableRandom(seed));
  }

  private Chance(SplittableRandom random) {
    this.random = random;
  }

  /**
   * Chance of its own for what was thought of later: what is drawn with it changes nothing of what
   * the same seed draws otherwise.
   */
  static Chance afterwards(long seed, String what) {
    return new Chance(new SplittableRandom(seed * 31 + what.hashCode()).split());
  }

  boolean of(double probability) {
    return random.nextDouble() < probability;
  }

  /** From {@code low} to {@code high}, both included. */
  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  @SafeVarargs
  final <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }

  <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** The index of one of the weights. */
  int weighted(int... weights) {
    int sum = 0;
    for (int weight : weights) {
      sum += weight;
    }
    int left = random.nextInt(sum);
    int index = 0;
    while (left >= weights[index]) {
      left -= weights[index++];
    }
    return index;
  }

  /** Small ones are as likely as great ones: evenly drawn on a logarithmic scale. */
  Duration time(Duration least, Duration most) {
    double low = Math.log(least.toNanos());
    double high = Math.log(most.toNanos());
    return Duration.ofNanos((long) Math.exp(low + random.nextDouble() * (high - low)));
  }

  double upTo(double most) {
    return random.nextDouble() * most;
  }
}
