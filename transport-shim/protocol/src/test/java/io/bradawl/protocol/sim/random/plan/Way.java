package io.bradawl.protocol.sim.random.plan;

import java.time.Duration;
import java.util.Locale;

/**
 * A link.
 *
 * @param delay one way
 * @param jitter up to so much more per packet
 * @param loss probability, 0 to 1, in each direction
 * @param duplication probability, 0 to 1, in each direction
 * @param straggling probability, 0 to 1, that a packet arrives when nobody expects it any more
 * @param mtu octets of the largest packet with its headers
 * @param tells whether the sender of a larger one is told, or it just vanishes
 */
public record Way(
    Duration delay,
    Duration jitter,
    double loss,
    double duplication,
    double straggling,
    int mtu,
    boolean tells) {

  static final Way LAN = new Way(Duration.ofNanos(200_000), Duration.ZERO, 0, 0);

  private static final int ETHERNET = 1500;

  public Way(Duration delay, Duration jitter, double loss, double duplication) {
    this(delay, jitter, loss, duplication, 0, ETHERNET, true);
  }

  Way straggling(double probability) {
    return new Way(delay, jitter, loss, duplication, probability, mtu, tells);
  }

  Way carrying(int octets, boolean telling) {
    return new Way(delay, jitter, loss, duplication, straggling, octets, telling);
  }

  public boolean isNarrow() {
    return mtu < ETHERNET;
  }

  @Override
  public String toString() {
    return String.format(
            Locale.ROOT,
            "%.1f ms +- %.1f, loss %.1f%%, doubled %.1f%%",
            delay.toNanos() / 1e6,
            jitter.toNanos() / 1e6,
            loss * 100,
            duplication * 100)
        + (straggling > 0
            ? String.format(Locale.ROOT, ", straggling %.1f%%", straggling * 100)
            : "")
        + (isNarrow() ? ", " + mtu + " octets at most" + (tells ? "" : " in silence") : "");
  }
}
